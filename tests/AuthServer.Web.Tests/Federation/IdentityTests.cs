using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Federation;

/// <summary>
/// A user is identified by the connection and the subject there, and by nothing else. ASVS 6.8.1;
/// docs/decisions/0012-user-identity-at-a-provider.md.
/// </summary>
public sealed class IdentityTests(RunningProvider running) : IClassFixture<RunningProvider>, IAsyncLifetime
{
    private readonly ProviderScenario scenario = running.Scenario;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        await scenario.ResetAsync();
        browser = new Browser(scenario.Server);
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_first_login_makes_the_user_and_the_next_describes_them_anew()
    {
        await scenario.SignInWithProviderAsync(browser);
        var first = Assert.Single(await scenario.UsersAsync());
        Assert.Equal(("oidc|corp|grace", "corp", 1), (first.UserId, first.Connection, first.LoginsCount));
        Assert.Equal(
            ("corp", "oidc", "corp|grace", false),
            (
                first.Identities[0].Connection,
                first.Identities[0].Provider,
                first.Identities[0].ProviderUserId,
                first.Identities[0].IsSocial));

        (scenario.Provider.Person["name"], scenario.Provider.Person["email"]) = (
            "Grace B. Hopper", "hopper@example.net");
        using var another = new Browser(scenario.Server);
        await scenario.SignInWithProviderAsync(another);
        var again = Assert.Single(await scenario.UsersAsync());
        Assert.Equal(
            ("oidc|corp|grace", "Grace B. Hopper", "hopper@example.net", 2),
            (again.UserId, again.Name, again.Email, again.LoginsCount));
    }

    [Fact]
    public async Task The_same_address_at_two_providers_and_in_the_database_is_three_users()
    {
        await scenario.Server.AddUserAsync("grace@example.net", "a long pass phrase");
        await using var other = await FakeProvider.StartAsync(scenario.Server.Time);
        other.Person["sub"] = "another-grace";
        await scenario.ConnectAsync("other", "oidc", new { issuer = other.Url });
        await scenario.SignInWithProviderAsync(browser);
        using var second = new Browser(scenario.Server);
        await scenario.SignInWithProviderAsync(second, other, "other");

        Assert.Equal(
            3,
            (await scenario.UsersAsync()).Count(user => user.Email == "grace@example.net" && user.Identities.Count == 1)
        );
    }

    [Fact]
    public async Task The_same_subject_at_two_providers_is_two_users()
    {
        await using var other = await FakeProvider.StartAsync(scenario.Server.Time);
        await scenario.ConnectAsync("other", "oidc", new { issuer = other.Url });
        await scenario.SignInWithProviderAsync(browser);
        using var second = new Browser(scenario.Server);
        await scenario.SignInWithProviderAsync(second, other, "other");

        Assert.Equal(
            ["oidc|corp|grace", "oidc|other|grace"], (await scenario.UsersAsync()).Select(user => user.UserId));
    }

    [Theory]
    [InlineData("true")]
    [InlineData(1)]
    [InlineData(null)]
    public async Task An_address_is_verified_only_by_a_boolean(object? claim)
    {
        scenario.Provider.Person["email_verified"] = claim;
        await scenario.SignInWithProviderAsync(browser);

        Assert.False(Assert.Single(await scenario.UsersAsync()).EmailVerified);
    }

    [Fact]
    public async Task A_provider_that_vouches_for_no_address_verifies_none_and_its_tenants_have_issuers_of_their_own()
    {
        var tenant = Guid.CreateVersion7().ToString("D");
        scenario.Provider.Document = document => document["issuer"] = scenario.Provider.Url + "/{tenantid}/v2.0";
        scenario.Provider.Change = claims =>
            (claims["iss"], claims["tid"]) = ($"{scenario.Provider.Url}/{tenant}/v2.0", tenant);
        await scenario.ConnectAsync(
            "windowslive", "windowslive",
            new
            {
                issuer = scenario.Provider.Url + "/{tenantid}/v2.0",
                discovery_url = scenario.Provider.Url + "/.well-known/openid-configuration",
            });
        var asked = await scenario.LeaveAsync(browser, "windowslive");
        await browser.OpenAsync(scenario.Provider.Agree(asked, $"{scenario.Provider.Url}/{tenant}/v2.0"));
        var user = Assert.Single(await scenario.UsersAsync());
        Assert.Equal(("windowslive|grace", "grace@example.net", false), (user.UserId, user.Email, user.EmailVerified));

        scenario.Provider.Change = claims =>
            (claims["iss"], claims["tid"]) = (
                $"{scenario.Provider.Url}/{tenant}/v2.0", Guid.CreateVersion7().ToString("D"));
        using var second = new Browser(scenario.Server);
        await second.OpenAsync(
            scenario.Provider.Agree(
                await scenario.LeaveAsync(second, "windowslive"), $"{scenario.Provider.Url}/{tenant}/v2.0"));
        Assert.Null(second.LeftTo);
    }

    [Fact]
    public async Task GitHub_users_are_their_number_with_their_primary_address()
    {
        var url = scenario.Provider.Url;
        scenario.Provider.Profile = new
        {
            id = 583231,
            login = "octocat",
            name = "The Octocat",
            email = "public@example.net",
            avatar_url = "https://avatars.example/u",
        };
        scenario.Provider.Emails = new object[]
        {
            new
            {
                email = "second@example.net",
                primary = false,
                verified = true,
            },
            new
            {
                email = "first@example.net",
                primary = true,
                verified = true,
            },
        };
        await scenario.ConnectAsync(
            "github", "github",
            new
            {
                authorizationURL = url + "/authorize",
                tokenURL = url + "/token",
                userInfoURL = url + "/userinfo",
                userEmailsURL = url + "/emails",
            });
        var asked = ProviderScenario.QueryOf(await scenario.LeaveAsync(browser, "github"));
        Assert.Equal(
            ("read:user user:email", false, true),
            (asked["scope"], asked.ContainsKey("nonce"), asked.ContainsKey("code_challenge")));
        await browser.OpenAsync(scenario.Provider.Agree(browser.LeftTo!));

        var user = Assert.Single(await scenario.UsersAsync());
        Assert.Equal(
            ("github|583231", "octocat", "first@example.net", true),
            (user.UserId, user.Nickname, user.Email, user.EmailVerified));
        Assert.True(user.Identities[0].IsSocial);
    }

    /// <summary>Its <c>email_verified</c> is about its own <c>email</c>, and not about what is mapped to it.</summary>
    [Fact]
    public async Task Plain_OAuth_reads_its_fields_where_the_options_say()
    {
        var url = scenario.Provider.Url;
        scenario.Provider.Profile = new
        {
            data = new { id = "7f", mail = "grace@example.net" },
            display = "Grace",
            email_verified = true,
        };
        await scenario.ConnectAsync("plain", "oauth2", new
        {
            authorizationURL = url + "/authorize",
            tokenURL = url + "/token",
            userInfoURL = url + "/userinfo",
            scope = "me",
            pkce_enabled = false,
            token_endpoint_auth_method = "client_secret_basic",
            fieldsMap = new { user_id = "data.id", email = "data.mail", name = "display" },
        });
        await scenario.SignInWithProviderAsync(browser, connection: "plain");

        var user = Assert.Single(await scenario.UsersAsync());
        Assert.Equal(
            ("oauth2|plain|7f", "Grace", "grace@example.net", false),
            (user.UserId, user.Name, user.Email, user.EmailVerified));
    }

    [Fact]
    public async Task A_blocked_user_sees_the_block_and_none_of_their_data_changes()
    {
        await scenario.SignInWithProviderAsync(browser);
        await scenario.Server.ChangeAsync(async db =>
            (await db.Users.SingleAsync(u => u.UserId == "oidc|corp|grace")).Blocked = true);
        scenario.Provider.Person["name"] = "Mallory";
        using var second = new Browser(scenario.Server);
        await scenario.SignInWithProviderAsync(second);

        Assert.Contains("You can't sign in this way", second.Text, StringComparison.Ordinal);
        var user = Assert.Single(await scenario.UsersAsync());
        Assert.Equal(("Grace Hopper", 1), (user.Name, user.LoginsCount));
    }

    [Fact]
    public async Task First_logins_at_the_same_moment_make_one_user()
    {
        var browsers = Enumerable.Range(0, 6).Select(_ => new Browser(scenario.Server)).ToList();
        var answers = new List<string>();
        foreach (var one in browsers)
            answers.Add(scenario.Provider.Agree(await scenario.LeaveAsync(one)));
        await Task.WhenAll(browsers.Zip(answers, (one, answer) => one.OpenAsync(answer)));

        Assert.All(browsers, one => Assert.NotNull(one.Returned("code")));
        Assert.Equal(6, Assert.Single(await scenario.UsersAsync()).LoginsCount);
        browsers.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task No_token_of_the_provider_stays_here()
    {
        await scenario.SignInWithProviderAsync(browser);
        var kept = await scenario.Server.WithAsync<AuthDbContext, string?>(db =>
            db.UserIdentities.Where(i => i.Connection == "corp").Select(i => i.ProfileData).SingleAsync());

        Assert.DoesNotContain("upstream-access-token", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeProvider.ClientSecret, scenario.Server.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("upstream-access-token", scenario.Server.Log.ToString(), StringComparison.Ordinal);
    }
}
