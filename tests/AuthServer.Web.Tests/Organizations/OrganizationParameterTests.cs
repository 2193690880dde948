using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Organizations;

/// <summary>The organization parameter of an application's request.</summary>
public sealed class OrganizationParameterTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private OAuth oauth = null!;
    private User user = null!;
    private Organization acme = null!;

    public async ValueTask InitializeAsync()
    {
        oauth = new OAuth(server);
        user = await server.AdministratorAsync();
        acme = await server.AddOrganizationAsync("acme", members: user);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("deny", "no_prompt", false, null)]
    [InlineData("deny", "pre_login_prompt", false, null)]
    [InlineData("deny", "post_login_prompt", false, null)]
    [InlineData("deny", "no_prompt", true, "parameter organization is not allowed for this client")]
    [InlineData("deny", "post_login_prompt", true, "parameter organization is not allowed for this client")]
    [InlineData("allow", "no_prompt", false, null)]
    [InlineData("allow", "no_prompt", true, "org")]
    [InlineData("allow", "pre_login_prompt", false, "/u/organization")]
    [InlineData("allow", "pre_login_prompt", true, "org")]
    [InlineData("allow", "post_login_prompt", false, "/u/organization")]
    [InlineData("allow", "post_login_prompt", true, "org")]
    [InlineData("require", "no_prompt", false, "parameter organization is required for this client")]
    [InlineData("require", "no_prompt", true, "org")]
    [InlineData("require", "pre_login_prompt", false, "/u/organization")]
    [InlineData("require", "pre_login_prompt", true, "org")]
    [InlineData("require", "post_login_prompt", false, "org")]
    [InlineData("require", "post_login_prompt", true, "org")]
    public async Task Usage_and_prompt_say_what_becomes_of_a_signed_in_user(
        string usage, string prompt, bool named, string? outcome)
    {
        var client = await server.AddOrganizationClientAsync(usage, prompt);

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("organization", named ? acme.Id : null)), await server.StartSessionAsync());

        if (outcome?.StartsWith('/') == true)
        {
            Assert.StartsWith(outcome + "?state=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
            return;
        }

        var redirected = OAuth.Redirected(answer);
        if (outcome?.StartsWith("parameter", StringComparison.Ordinal) == true)
        {
            Assert.Equal(("invalid_request", outcome), (redirected["error"], redirected["error_description"]));
            return;
        }

        var claims = OAuth.ClaimsOf((await oauth.RedeemAsync(client, redirected["code"]))["id_token"]);
        Assert.Equal(
            outcome is null ? null : acme.Id, claims.TryGetProperty("org_id", out var id) ? id.GetString() : null);
    }

    [Theory]
    [InlineData("pre_login_prompt", "allow", "interaction_required")]
    [InlineData("pre_login_prompt", "require", "interaction_required")]
    [InlineData("post_login_prompt", "allow", "interaction_required")]
    [InlineData("post_login_prompt", "require", null)]
    public async Task Silence_can_choose_nothing_but_the_only_one(string prompt, string usage, string? error)
    {
        var client = await server.AddOrganizationClientAsync(usage, prompt);

        Assert.Equal(error, (await SilentAsync(client)).GetValueOrDefault("error"));
    }

    [Fact]
    public async Task Silence_can_t_choose_among_two()
    {
        await server.AddOrganizationAsync("other", members: user);

        Assert.Equal(
            "interaction_required",
            (await SilentAsync(await server.AddOrganizationClientAsync("require", "post_login_prompt")))["error"]);
    }

    [Theory]
    [InlineData("acme", false, "authorization request parameter organization must be an organization id")]
    [InlineData("nobody", false, "authorization request parameter organization must be an organization id")]
    [InlineData("acme", true, null)]
    [InlineData("ACME", true, null)]
    [InlineData("nobody", true, "parameter organization is invalid: nobody")]
    [InlineData("org_0000000000000000", false, "parameter organization is invalid: org_0000000000000000")]
    [InlineData("org_0000000000000000", true, "parameter organization is invalid: org_0000000000000000")]
    public async Task A_name_passes_where_the_tenant_lets_names_pass(string asked, bool names, string? refusal)
    {
        await server.ChangeSettingsAsync(settings => settings.AllowOrganizationNames = names);
        var redirected = await SilentAsync(await server.AddOrganizationClientAsync("allow"), ("organization", asked));

        Assert.Equal(
            (refusal is null ? null : "invalid_request", refusal),
            (redirected.GetValueOrDefault("error"), redirected.GetValueOrDefault("error_description")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_members_are_let_in_whatever_their_address(bool verified)
    {
        var stranger = await server.AddUserAsync($"{verified}@acme.example", "a long enough one");
        await server.ChangeAsync<User>(u => u.UserId == stranger.UserId, u => u.EmailVerified = verified);
        var client = await server.AddOrganizationClientAsync("allow");

        using var silent = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("organization", acme.Id), ("prompt", "none")),
            await server.StartSessionAsync(stranger));
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize(("organization", acme.Id)));
        await browser.SignInAsync(stranger.Email!, "a long enough one");

        Assert.Equal(
            ("access_denied", $"user {stranger.UserId} is not part of the {acme.Id} organization"),
            (OAuth.Redirected(silent)["error"], OAuth.Redirected(silent)["error_description"]));
        Assert.Equal(("access_denied", null), (browser.Returned("error"), browser.Returned("code")));
        Assert.False(await server.IsMemberAsync(acme, stranger));
    }

    [Fact]
    public async Task A_signed_in_user_without_membership_is_asked_for_another_account()
    {
        await server.AddUserAsync("stranger@example.com", "a long enough one");
        var client = await server.AddOrganizationClientAsync("allow");
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync("stranger@example.com", "a long enough one");
        server.Time.Advance(TimeSpan.FromSeconds(1));

        await browser.OpenAsync(client.Authorize(("organization", acme.Id)));

        Assert.Equal("/u/login", browser.Url.AbsolutePath);
        Assert.Contains(
            "You are signed in as stranger@example.com, and this account is not a member of acme.", browser.Text,
            StringComparison.Ordinal);
        await browser.SignInAsync();
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_connection_that_is_not_the_organization_s_does_not_count()
    {
        var closed = await server.AddOrganizationAsync("closed", o => o.Connections.Clear(), user);
        var off = await server.AddOrganizationAsync("off", o => o.Connections[0].IsEnabled = false, user);
        var client = await server.AddOrganizationClientAsync("allow");

        Assert.Equal("login_required", (await SilentAsync(client, ("organization", closed.Id)))["error"]);
        Assert.Equal("login_required", (await SilentAsync(client, ("organization", off.Id)))["error"]);
    }

    [Fact]
    public async Task A_connection_that_makes_members_makes_one()
    {
        var open = await server.AddOrganizationAsync("open", o => o.Connections[0].AssignMembershipOnLogin = true);
        var client = await server.AddOrganizationClientAsync("allow");

        Assert.Null((await SilentAsync(client, ("organization", open.Id))).GetValueOrDefault("error"));
        Assert.True(await server.IsMemberAsync(open, user));
        Assert.True(await server.IsMemberAsync(acme, user));
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(true, true, false)]
    public async Task Accounts_are_made_where_the_organization_lets_them(bool signup, bool disabled, bool closed)
    {
        await server.ChangeAsync<Core.Model.Connection>(_ => true, c => c.DisableSignup = disabled);
        var open = await server.AddOrganizationAsync(
            "open", o => (o.Connections[0].IsSignupEnabled, o.Connections[0].AssignMembershipOnLogin) = (signup, true));
        var client = await server.AddOrganizationClientAsync("require");
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize(("organization", open.Id), ("screen_hint", "signup")));

        Assert.Equal(
            closed || disabled, browser.Text.Contains("New accounts can't be created here", StringComparison.Ordinal));
        if (closed || disabled)
            return;
        await browser
            .Fill("username", "new@example.com")
            .Fill("password", "four unrelated words here")
            .ClickAsync("signup-submit");
        Assert.NotNull(browser.Returned("code"));
    }

    [Theory]
    [InlineData(false, "parameter organization is not allowed for this client")]
    [InlineData(true, null)]
    public async Task A_third_party_needs_the_organization_s_leave(bool allowed, string? refusal)
    {
        var theirs = await server.AddOrganizationAsync("theirs", o => o.AllowsThirdParties = allowed, user);
        var client = await server.AddOrganizationClientAsync("allow", change: c => c.IsFirstParty = false);

        var redirected = await SilentAsync(client, ("organization", theirs.Id));

        Assert.Equal(refusal ?? "Consent required", redirected["error_description"]);
    }

    [Fact]
    public async Task A_strict_third_party_can_t_even_ask()
    {
        var client = await server.AddOrganizationClientAsync(
            "allow", change: c => (c.IsFirstParty, c.ThirdPartySecurityMode) = (false, ThirdPartySecurityModes.Strict));

        Assert.Equal(
            "Parameter not allowed for this client: organization",
            (await SilentAsync(client, ("organization", acme.Id)))["error_description"]);
    }

    private async Task<IReadOnlyDictionary<string, string>> SilentAsync(Client client, params (string, string?)[] more)
    {
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, [("prompt", "none"), .. more]), await server.StartSessionAsync());
        return OAuth.Redirected(answer);
    }
}
