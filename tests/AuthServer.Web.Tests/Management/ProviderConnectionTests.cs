using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Management;

/// <summary>Connections to identity providers, and the identities of users.</summary>
public sealed class ProviderConnectionTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Options =
        "\"client_id\":\"c\",\"client_secret\":\"very secret\",\"issuer\":\"https://idp.example\"";

    [Fact]
    public async Task The_secret_goes_in_and_never_comes_out()
    {
        var created = await NewAsync("sealed", "oidc", Options);
        Assert.Equal(201, created.Status);
        var id = created.Text("id");
        var patched = await api.PatchAsync(
            $"connections/{id}",
            """{"options":{"client_id":"c2","issuer":"https://idp.example"}}"""
        );
        var stored = await api.Server.WithAsync<AuthDbContext, Connection>(db =>
            db.Connections.SingleAsync(c => c.Id == id));

        Assert.Equal(
            (200, "c2", true),
            (patched.Status, patched["options"]!["client_id"]!.GetValue<string>(), stored.SecretSealed is not null));
        Assert.All(
            [created, patched, await api.GetAsync($"connections/{id}"), await api.GetAsync("connections")],
            answer => Assert.DoesNotContain("very secret", answer.Json!.ToJsonString(), StringComparison.Ordinal));
        Assert.DoesNotContain("very secret", stored.Options, StringComparison.Ordinal);
        Assert.True(created["show_as_button"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("oidc", "")]
    [InlineData("oidc", "\"client_id\":\"c\",\"issuer\":\"https://idp.example\"")]
    [InlineData("oidc", "\"client_id\":\"c\",\"client_secret\":\"s\"")]
    [InlineData("oidc", Options + ",\"type\":\"front_channel\"")]
    [InlineData("oidc", Options + ",\"scripts\":{}")]
    [InlineData("oidc", Options + ",\"authorizationURL\":\"https://idp.example/a\"")]
    [InlineData("oidc", Options + ",\"id_token_signed_response_algs\":[\"HS256\"]")]
    [InlineData("oidc", Options + ",\"connection_settings\":{\"pkce\":\"disabled\"}")]
    [InlineData("oidc", Options + ",\"scope\":\"a\\\"b\"")]
    [InlineData("oidc", Options + ",\"attribute_map\":{\"attributes\":{\"name\":\"${context.tokenset}\"}}")]
    [InlineData(
        "oauth2",
        "\"client_id\":\"c\",\"client_secret\":\"s\","
        + "\"authorizationURL\":\"https://a.example\",\"tokenURL\":\"https://a.example\""
    )]
    [InlineData("google-oauth2", "\"client_id\":\"c\",\"client_secret\":\"s\",\"issuer\":\"https://idp.example\"")]
    [InlineData("apple", "\"client_id\":\"c\",\"team_id\":\"t\",\"kid\":\"k\",\"app_secret\":\"no key\"")]
    [InlineData("samlp", "")]
    public async Task Options_that_can_not_be_are_400(string strategy, string options) =>
        Assert.Equal(400, (await NewAsync("refused", strategy, options)).Status);

    [Theory]
    [InlineData("http://idp.example")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://[::ffff:10.0.0.1]")]
    [InlineData("https://user@idp.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public async Task A_URL_that_leads_to_a_neighbour_or_to_no_web_is_400(string url)
    {
        Assert.Equal(
            400,
            (await NewAsync("neighbour", "oidc", $"\"client_id\":\"c\",\"client_secret\":\"s\",\"issuer\":\"{url}\"")
            ).Status);
        Assert.Equal(
            400,
            (await NewAsync(
                    "neighbour",
                    "oauth2",
                    "\"client_id\":\"c\",\"client_secret\":\"s\",\"authorizationURL\":\"https://a.example\","
                        + $"\"tokenURL\":\"{url}\",\"userInfoURL\":\"https://a.example\""
                )).Status);
    }

    [Fact]
    public async Task A_provider_on_this_machine_gets_no_call_unless_tests_allow_it()
    {
        await using var near = await FakeProvider.StartAsync(api.Server.Time);
        var id = (
            await NewAsync("near", "oidc", $"\"client_id\":\"c\",\"client_secret\":\"s\",\"issuer\":\"{near.Url}\"")
        ).Text("id");

        Assert.Equal(
            (404, 0),
            ((await api.GetAsync($"connections/{id}/status")).Status, near.Hits("/.well-known/openid-configuration")));
    }

    [Fact]
    public async Task The_provider_behind_a_connection_and_a_name_does_not_change()
    {
        var id = (await NewAsync("steady", "oidc", Options)).Text("id");
        Assert.Equal(
            400,
            (
                await api.PatchAsync(
                    $"connections/{id}",
                    """{"options":{"client_id":"c","issuer":"https://other.example"}}"""
                )).Status);
        Assert.Equal(202, (await api.DeleteAsync($"connections/{id}")).Status);
        Assert.Equal(409, (await NewAsync("steady", "oidc", Options)).Status);
    }

    [Fact]
    public async Task Linking_moves_the_identities_and_unlinking_gives_one_back()
    {
        var (ada, grace) = (await api.NewUserAsync("ada.link@example.com"), await UserOfProviderAsync("grace-1"));
        var linked = await api.PostAsync($"users/{ada}/identities", """{"provider":"oidc","user_id":"corp|grace-1"}""");
        Assert.Equal(
            (201, 2, "auth0"), (linked.Status, linked.List.Count, linked.List[0]!["provider"]!.GetValue<string>()));
        Assert.Equal("grace-1@example.net", linked.List[1]!["profileData"]!["email"]!.GetValue<string>());
        Assert.Equal(404, (await api.GetAsync($"users/{Uri.EscapeDataString(grace)}")).Status);
        Assert.Equal(
            400,
            (await api.PostAsync($"users/{ada}/identities", """{"provider":"oidc","user_id":"corp|grace-1"}""")).Status
        );
        Assert.Equal(400, (await api.DeleteAsync($"users/{ada}/identities/auth0/{ada[6..]}")).Status);

        var left = await api.DeleteAsync($"users/{ada}/identities/oidc/{Uri.EscapeDataString("corp|grace-1")}");
        Assert.Equal((200, 1), (left.Status, left.List.Count));
        Assert.Equal("grace-1@example.net", (await api.GetAsync($"users/{Uri.EscapeDataString(grace)}")).Text("email"));
        Assert.Equal(404, (await api.DeleteAsync($"users/{ada}/identities/oidc/nobody")).Status);
    }

    [Fact]
    public async Task Unlinking_revokes_the_tokens_of_logins_by_the_identity_and_of_no_other()
    {
        var (ada, _) = (await api.NewUserAsync("ada.unlink@example.com"), await UserOfProviderAsync("grace-4"));
        await api.PostAsync($"users/{ada}/identities", """{"provider":"oidc","user_id":"corp|grace-4"}""");
        var client = await api.Server.AddPublicClientAsync();
        await api.Server.ChangeAsync(db =>
        {
            db.Add(new Connection { Id = "con_corp", Name = "corp", Strategy = "oidc" });
            db.Add(new ConnectionClient { ConnectionId = "con_corp", ClientId = client.ClientId });
            return Task.CompletedTask;
        });
        var (linked, own) = (await TokenAsync("corp"), await TokenAsync(Connection.DefaultDatabase));

        await api.DeleteAsync($"users/{ada}/identities/oidc/{Uri.EscapeDataString("corp|grace-4")}");

        Assert.Equal("invalid_grant", (await new OAuth(api.Server).RefreshAsync(client, linked)).Error);
        Assert.Null((await new OAuth(api.Server).RefreshAsync(client, own)).Error);

        async Task<string?> TokenAsync(string connection)
        {
            var oauth = new OAuth(api.Server);
            var cookie = await api.Server.StartSessionAsync(
                new Core.Model.User { UserId = ada, Connection = connection });
            using var answer = await oauth.AuthorizeAsync(
                OAuth.RequestOf(client, ("scope", "openid offline_access")), cookie);
            return (await oauth.RedeemAsync(client, OAuth.Redirected(answer)["code"]))["refresh_token"];
        }
    }

    [Fact]
    public async Task A_password_goes_along_and_signs_the_other_user_in()
    {
        var (ada, grace) = (await api.NewUserAsync("ada.word@example.com"), await UserOfProviderAsync("grace-2"));
        Assert.Equal(
            201,
            (
                await api.PostAsync(
                    $"users/{Uri.EscapeDataString(grace)}/identities",
                    $$"""{"provider":"auth0","user_id":"{{ada[6..]}}"}"""
                )).Status);
        Assert.Equal(
            200,
            (await api.PatchAsync($"users/{Uri.EscapeDataString(grace)}", """{"name":"Grace the Second"}""")).Status);

        var user = await PasswordLoginAsync("ada.word@example.com", "a long enough one");
        Assert.Equal(grace, user!.UserId);
        Assert.Equal(
            200, (await api.DeleteAsync($"users/{Uri.EscapeDataString(grace)}/identities/auth0/{ada[6..]}")).Status);
        user = await PasswordLoginAsync("ada.word@example.com", "a long enough one");
        Assert.Equal(ada, user!.UserId);
    }

    [Fact]
    public async Task Two_accounts_with_passwords_are_one_user_and_each_password_its_own_until_one_is_set()
    {
        var (one, two) = (
            await api.NewUserAsync("first.word@example.com"), await api.NewUserAsync("second.word@example.com"));
        Task<Core.Model.User?> SignInAsync(string name, string password = "a long enough one") =>
            PasswordLoginAsync(name, password);

        Assert.Equal(
            201,
            (await api.PostAsync($"users/{one}/identities", $$"""{"provider":"auth0","user_id":"{{two}}"}""")).Status);
        Assert.Equal(
            (one, one),
            (
                (await SignInAsync("first.word@example.com"))!.UserId,
                (await SignInAsync("second.word@example.com"))!.UserId));
        Assert.Equal(200, (await api.PatchAsync($"users/{one}", """{"password":"quite another phrase"}""")).Status);
        Assert.Null(await SignInAsync("second.word@example.com"));
        Assert.Equal(one, (await SignInAsync("second.word@example.com", "quite another phrase"))!.UserId);

        Assert.Equal(200, (await api.DeleteAsync($"users/{one}/identities/auth0/{two[6..]}")).Status);
        Assert.Equal(two, (await SignInAsync("second.word@example.com", "quite another phrase"))!.UserId);
    }

    [Fact]
    public async Task A_refused_link_names_its_reason()
    {
        var one = await api.NewUserAsync("one@example.com");

        Assert.Equal(
            400,
            (await api.PostAsync($"users/{one}/identities", $$"""{"provider":"auth0","user_id":"{{one}}"}""")).Status);
        Assert.Equal(
            400,
            (await api.PostAsync($"users/{one}/identities", """{"provider":"auth0","user_id":"nobody"}""")).Status);
        Assert.Equal(400, (await api.PostAsync($"users/{one}/identities", """{"provider":"auth0"}""")).Status);
        Assert.Equal(
            400,
            (await api.PostAsync($"users/{one}/identities", """{"provider":"auth0","user_id":"x","other":1}""")).Status
        );
        Assert.Equal(
            404, (await api.PostAsync("users/auth0|none/identities", """{"provider":"auth0","user_id":"x"}""")).Status);
        Assert.Equal(
            403,
            (await api.WithScopesAsync("read:users", caller => caller.PostAsync($"users/{one}/identities"))).Status);
    }

    [Fact]
    public async Task A_token_links_while_it_is_fresh_and_only_an_ID_token_of_ours()
    {
        var (ada, grace) = (await api.NewUserAsync("ada.token@example.com"), await UserOfProviderAsync("grace-3"));
        var client = await api.NewClientAsync();
        var now = api.Server.Time.GetUtcNow();
        var symmetric = await api.Server.AddClientAsync(c => c.IdTokenAlgorithm = "HS256");
        string[] refused =
        [
            "x",
            await IdTokenAsync(grace, client, now.AddMinutes(-11)),
            await IdTokenAsync(grace, client, now.AddMinutes(1)),
            await IdTokenAsync(grace, "nobody", now),
            await IdTokenAsync(grace, client, now, azp: true),
            await IdTokenAsync(grace, symmetric.ClientId, now, signer: new SymmetricSigner(TestData.Secret)),
            await api.TokenAsync(),
        ];
        foreach (var bad in refused)
            Assert.Equal(400, (await api.PostAsync($"users/{ada}/identities", $$"""{"link_with":"{{bad}}"}""")).Status);

        Assert.Equal(
            201,
            (
                await api.PostAsync(
                    $"users/{ada}/identities",
                    $$"""{"link_with":"{{await IdTokenAsync(grace, client, now)}}"}"""
                )).Status);
    }

    private async Task<string> IdTokenAsync(
        string subject, string audience, DateTimeOffset issued, bool azp = false, ISigner? signer = null)
    {
        var tenant = await api.Server.Services.GetRequiredService<TenantCache>().ReadAsync();
        return JwtWriter.Sign(signer ?? tenant.Keys.Current(Algorithms.Rs256), "JWT", json =>
        {
            json.WriteString("iss", api.Server.Issuer.Value);
            json.WriteString("sub", subject);
            json.WriteString("aud", audience);
            json.WriteNumber("iat", issued.ToUnixTimeSeconds());
            json.WriteNumber("exp", issued.AddHours(10).ToUnixTimeSeconds());
            if (azp)
                json.WriteString("azp", audience);
        });
    }

    private async Task<string> UserOfProviderAsync(string subject)
    {
        var identity = new Core.Model.UserIdentity
        {
            Connection = "corp",
            Provider = "oidc",
            ProviderUserId = "corp|" + subject,
            UserId = "oidc|corp|" + subject,
            ProfileData = $$"""{"email":"{{subject}}@example.net"}""",
        };
        await api.Server.ChangeAsync(db =>
            Task.FromResult(db.Add(Core.Federation.ProviderUser.Of(identity, api.Server.Time.GetUtcNow()))));
        return identity.UserId;
    }

    private Task<ManagementAnswer> NewAsync(string name, string strategy, string options) =>
        api.PostAsync("connections", $$"""{"name":"{{name}}","strategy":"{{strategy}}","options":{ {{options}} } }""");

    private async Task<Core.Model.User?> PasswordLoginAsync(string name, string password)
    {
        var (client, connection) = (
            await api.Server.AddClientAsync(),
            await api.Server.WithAsync<AuthDbContext, Connection>(db =>
                db.Connections.SingleAsync(c => c.Name == Connection.DefaultDatabase)));
        var tenant = await api.Server.Services.GetRequiredService<TenantCache>().ReadAsync();
        await using var scope = api.Server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(api.Server.Issuer, tenant);
        var login = scope.ServiceProvider.GetRequiredService<Core.Users.PasswordLogin>();
        var attempt = new Core.Users.PasswordAttempt(client, [connection], name, password, "203.0.113.9");
        return (await login.TryAsync(attempt, api.Server.Time.GetUtcNow(), begin: null, default))?.User;
    }
}
