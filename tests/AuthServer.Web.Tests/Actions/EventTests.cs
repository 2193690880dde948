using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Event that an Action of a login receives (docs/actions.md).</summary>
public sealed class EventTests(ActionScenario scenario) : IClassFixture<ActionScenario>
{
    private const string Trigger = "post-login";

    [Fact]
    public async Task The_event_has_what_is_documented_and_no_credentials()
    {
        await scenario.BindBodyAsync(Trigger, "api.idToken.setCustomClaim('https://x.example/event', event);");

        var issued = await scenario.PasswordAsync("openid read:contacts");

        var triggered = OAuth.ClaimsOf(issued["id_token"]).GetProperty("https://x.example/event");
        var (transaction, user) = (triggered.GetProperty("transaction"), triggered.GetProperty("user"));
        var (request, authentication) = (triggered.GetProperty("request"), triggered.GetProperty("authentication"));
        Assert.Equal(TestData.Api, triggered.GetProperty("resource_server").GetProperty("identifier").GetString());
        Assert.Equal("pwd", authentication.GetProperty("methods")[0].GetProperty("name").GetString());
        Assert.Equal("auth0", triggered.GetProperty("connection").GetProperty("strategy").GetString());
        Assert.Equal("oauth2-password", transaction.GetProperty("protocol").GetString());
        Assert.Equal("""["openid","read:contacts"]""", transaction.GetProperty("requested_scopes").GetRawText());
        Assert.Equal(TestServer.AdminEmail, user.GetProperty("email").GetString());
        Assert.Equal("auth0", user.GetProperty("identities")[0].GetProperty("provider").GetString());
        Assert.Equal("127.0.0.1", request.GetProperty("ip").GetString());
        Assert.Equal("password", request.GetProperty("body").GetProperty("grant_type").GetString());
        Assert.DoesNotContain(TestServer.AdminPassword, triggered.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestData.Secret, triggered.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_in_a_browser_has_its_session_and_the_language_of_its_pages()
    {
        await scenario.BindBodyAsync(
            Trigger, "api.idToken.setCustomClaim('https://x.example/event', [event.session, event.transaction]);");
        var cookie = await scenario.Server.StartSessionAsync();
        scenario.Server.Time.Advance(TimeSpan.FromMinutes(2));
        using var first = await scenario.OAuth.AuthorizeAsync(OAuth.RequestOf(scenario.Client), cookie);

        using var second = await scenario.OAuth.AuthorizeAsync(
            OAuth.RequestOf(scenario.Client, ("ui_locales", "fr ja")), cookie);
        var issued = await scenario.OAuth.RedeemAsync(scenario.Client, OAuth.Redirected(second)["code"]);

        var triggered = OAuth.ClaimsOf(issued["id_token"]).GetProperty("https://x.example/event");
        var (session, transaction) = (triggered[0], triggered[1]);
        foreach (var pair in (string[])["created_at authenticated_at", "updated_at last_interacted_at"])
            Assert.Single(pair.Split(' ').Select(name => session.GetProperty(name).GetString()).Distinct());
        Assert.NotEqual(session.GetProperty("created_at").GetString(), session.GetProperty("updated_at").GetString());
        Assert.Equal(
            $$"""[{"client_id":"{{scenario.Client.ClientId}}"}]""", session.GetProperty("clients").GetRawText());
        Assert.Equal("ja", transaction.GetProperty("locale").GetString());
        Assert.Equal("""["fr","ja"]""", transaction.GetProperty("ui_locales").GetRawText());
        Assert.True(transaction.GetProperty("id").TryGetGuid(out _));
    }

    [Fact]
    public async Task Roles_are_names()
    {
        var user = Uri.EscapeDataString((await scenario.Server.AdministratorAsync()).UserId);
        var role = (await scenario.Api.PostAsync("roles", """{"name":"Editor"}""")).Text("id");
        await scenario.Api.PostAsync($"users/{user}/roles", $$"""{"roles":["{{role}}"]}""");
        await scenario.BindBodyAsync(
            Trigger, "api.idToken.setCustomClaim('https://x.example/roles', event.authorization.roles);");

        var issued = await scenario.PasswordAsync();

        var roles = OAuth.ClaimsOf(issued["id_token"]).GetProperty("https://x.example/roles");
        Assert.Equal("""["Administrator","Editor"]""", roles.GetRawText());
    }

    [Fact]
    public async Task The_first_login_counts()
    {
        var email = $"{Guid.CreateVersion7()}@example.com";
        await scenario.Api.NewUserAsync(email);
        await scenario.BindBodyAsync(
            Trigger, "api.idToken.setCustomClaim('https://x.example/count', event.stats.logins_count);");

        var issued = await scenario.OAuth.TokenAsync(
            scenario.Client,
            ("grant_type", "password"),
            ("username", email),
            ("password", "a long enough one"),
            ("scope", "openid"));

        Assert.Equal(1, OAuth.ClaimsOf(issued["id_token"]).GetProperty("https://x.example/count").GetInt32());
    }
}
