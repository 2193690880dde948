using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Organizations;

/// <summary>The page <c>/u/organization</c>, in both of its kinds.</summary>
public sealed class OrganizationPromptTests : IAsyncLifetime
{
    private const string Password = "a long enough one";
    private readonly TestServer server = new();
    private readonly OAuth oauth;
    private Browser browser = null!;
    private User ada = null!;
    private Organization acme = null!;
    private Organization globex = null!;

    public OrganizationPromptTests() => oauth = new OAuth(server);

    public async ValueTask InitializeAsync()
    {
        (ada, browser) = (await server.AdministratorAsync(), new Browser(server));
        acme = await server.AddOrganizationAsync("acme", o => o.DisplayName = "Acme Corporation", ada);
        globex = await server.AddOrganizationAsync("globex", members: ada);
        await server.AddOrganizationAsync("hidden");
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Before_the_login_the_name_is_typed()
    {
        var client = await server.AddOrganizationClientAsync("require", "pre_login_prompt");
        await browser.OpenAsync(client.Authorize());
        Assert.Equal("/u/organization", browser.Url.AbsolutePath);
        Assert.DoesNotContain("acme", browser.Text, StringComparison.OrdinalIgnoreCase);
        Assert.False(browser.Has("organization-personal"));

        await browser.Fill("organization", " Acme ").ClickAsync("organization-submit");
        Assert.Equal("/u/login", browser.Url.AbsolutePath);
        Assert.Contains("Acme Corporation", browser.Text, StringComparison.Ordinal);
        await browser.SignInAsync();

        Assert.Equal(acme.Id, await OrganizationOfAsync(client));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("' OR 1=1 --")]
    [InlineData("org_0000000000000000")]
    public async Task An_unknown_name_is_an_error_at_the_field(string name)
    {
        await browser.OpenAsync((await server.AddOrganizationClientAsync("require", "pre_login_prompt")).Authorize());
        await browser.Fill("organization", name).ClickAsync("organization-submit");

        Assert.Equal("/u/organization", browser.Url.AbsolutePath);
        Assert.Contains("No organization with this name", browser.Text, StringComparison.Ordinal);
        Assert.Equal("true", browser.Input("organization")!.GetAttribute("aria-invalid"));
        Assert.Equal(name, browser.Input("organization")!.GetAttribute("value"));
        await browser.ClickAsync("organization-cancel");
        Assert.Equal("access_denied", browser.Returned("error"));
    }

    [Fact]
    public async Task After_the_login_the_user_chooses_among_their_own()
    {
        var client = await server.AddOrganizationClientAsync("require", "post_login_prompt");
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();

        Assert.Equal("/u/organization", browser.Url.AbsolutePath);
        Assert.Contains("Acme Corporation", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", browser.Text, StringComparison.Ordinal);
        Assert.False(browser.Has("organization-personal"));
        await browser.ClickAsync("organization-globex");

        Assert.Equal(globex.Id, await OrganizationOfAsync(client));
    }

    [Fact]
    public async Task Personal_is_no_choice_where_an_organization_is_required()
    {
        var client = await server.AddOrganizationClientAsync("require", "post_login_prompt");
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        await browser.ClickAsync("organization-globex", ("action", "personal"));

        Assert.Equal(globex.Id, await OrganizationOfAsync(client));
    }

    [Fact]
    public async Task A_user_may_continue_without_an_organization_where_the_application_allows_it()
    {
        var client = await server.AddOrganizationClientAsync("allow", "post_login_prompt");
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();
        await browser.ClickAsync("organization-personal");

        Assert.Null(await OrganizationOfAsync(client));

        await browser.OpenAsync((await server.AddOrganizationClientAsync("allow", "pre_login_prompt")).Authorize());
        await browser.ClickAsync("organization-personal");
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task An_organization_of_others_can_t_be_chosen()
    {
        var client = await server.AddOrganizationClientAsync("require", "post_login_prompt");
        var hidden = await server.AddOrganizationAsync(
            "others", members: await server.AddUserAsync("other@example.com", Password));
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();

        server.Time.Advance(TimeSpan.FromSeconds(1));
        await browser.ClickAsync("organization-another", ("organization", hidden.Id));
        Assert.Equal("/u/login", browser.Url.AbsolutePath);
        await browser.SignInAsync();
        browser.Page.GetElementById("organization-acme")!.SetAttribute("value", hidden.Id);
        await browser.ClickAsync("organization-acme");

        Assert.Equal("/u/organization", browser.Url.AbsolutePath);
        Assert.False(await server.IsMemberAsync(hidden, ada));
    }

    [Fact]
    public async Task The_choice_of_one_user_is_not_the_choice_of_the_next()
    {
        var client = await server.AddOrganizationClientAsync(
            "require", "post_login_prompt", c => c.IsFirstParty = true);
        var other = await server.AddUserAsync("other@example.com", Password);
        var theirs = await server.AddOrganizationAsync("theirs", members: other);
        await browser.OpenAsync(client.Authorize(("prompt", "consent")));
        await browser.SignInAsync();
        await browser.ClickAsync("organization-acme");
        Assert.Equal("/u/consent", browser.Url.AbsolutePath);

        browser.SetCookie("sid", await server.StartSessionAsync(other));
        await browser.OpenAsync(
            browser.Url.AbsoluteUri.Replace("/u/consent", "/authorize/resume", StringComparison.Ordinal));
        Assert.Equal("/u/consent", browser.Url.AbsolutePath);
        await browser.ClickAsync("consent-allow");

        Assert.Equal(theirs.Id, await OrganizationOfAsync(client));
    }

    [Fact]
    public async Task A_user_without_organizations_sees_a_message_and_may_use_another_account()
    {
        await server.AddUserAsync("lonely@example.com", Password);
        var client = await server.AddOrganizationClientAsync("require", "post_login_prompt");
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync("lonely@example.com", Password);
        Assert.Contains("You don't belong to an organization here", browser.Text, StringComparison.Ordinal);

        server.Time.Advance(TimeSpan.FromSeconds(1));
        await browser.ClickAsync("organization-another");
        await browser.SignInAsync();
        await browser.ClickAsync("organization-acme");
        Assert.Equal(acme.Id, await OrganizationOfAsync(client));
    }

    [Fact]
    public async Task A_user_without_organizations_continues_without_a_prompt_where_that_is_allowed()
    {
        await server.AddUserAsync("lonely@example.com", Password);
        await browser.OpenAsync((await server.AddOrganizationClientAsync("allow", "post_login_prompt")).Authorize());
        await browser.SignInAsync("lonely@example.com", Password);

        Assert.NotNull(browser.Returned("code"));
    }

    [Theory]
    [InlineData("pre_login_prompt", "組織名を入力してください")]
    [InlineData("post_login_prompt", "組織を選択してください")]
    public async Task Both_kinds_speak_Japanese(string prompt, string heading)
    {
        using var japanese = new Browser(server, "ja");
        await japanese.OpenAsync((await server.AddOrganizationClientAsync("require", prompt)).Authorize());
        if (prompt == "post_login_prompt")
            await japanese.SignInAsync();

        Assert.Equal(heading, japanese.Page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task The_page_redirects_when_it_is_not_due()
    {
        var client = await server.AddOrganizationClientAsync("allow");
        await browser.OpenAsync(client.Authorize());
        await browser.OpenAsync(
            browser.Url.AbsoluteUri.Replace("/u/login", "/u/organization", StringComparison.Ordinal));

        Assert.Equal("/u/login", browser.Url.AbsolutePath);
    }

    private async Task<string?> OrganizationOfAsync(Client client)
    {
        var tokens = await oauth.RedeemAsync(client, browser.Returned("code")!, ("code_verifier", OAuth.Verifier));
        return OAuth.ClaimsOf(tokens["id_token"]).TryGetProperty("org_id", out var id) ? id.GetString() : null;
    }
}
