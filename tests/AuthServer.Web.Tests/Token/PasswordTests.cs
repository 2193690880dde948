using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Token;

/// <summary>RFC 6749 §4.3 and Auth0's password-realm.</summary>
public sealed class PasswordTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private const string Realm = "http://auth0.com/oauth/grant-type/password-realm";
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);
    private Client client = null!;

    public async ValueTask InitializeAsync()
    {
        await server.ChangeAsync<TenantSettings>(
            _ => true, settings => settings.DefaultDirectory = Connection.DefaultDatabase);
        client = await ClientAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_password_gives_tokens_without_a_session()
    {
        var answer = await AskAsync(("scope", "openid email"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var claims = OAuth.ClaimsOf(answer["id_token"]);
        Assert.Equal(TestServer.AdminEmail, claims.GetProperty("email").GetString());
        Assert.False(claims.TryGetProperty("sid", out _));
        Assert.Null(answer["refresh_token"]);
        Assert.Equal(TestServer.AdminEmail, (await oauth.UserInfoAsync(answer["access_token"]))["email"]);
    }

    [Fact]
    public async Task A_token_for_an_api_says_how_it_was_got_and_refreshes()
    {
        await server.AddApiAsync(identifier: "https://password.example.com");

        var answer = await AskAsync(
            ("scope", "openid offline_access read:contacts"), ("audience", "https://password.example.com"));
        var again = await oauth.RefreshAsync(client, answer["refresh_token"]);

        var claims = OAuth.ClaimsOf(answer["access_token"]);
        Assert.Equal("password", claims.GetProperty("gty").GetString());
        Assert.Equal("openid offline_access read:contacts", claims.GetProperty("scope").GetString());
        Assert.Equal(HttpStatusCode.OK, again.Status);
    }

    [Theory]
    [InlineData(Connection.DefaultDatabase, null)]
    [InlineData("nowhere", "invalid_request")]
    [InlineData(null, "invalid_request")]
    public async Task A_realm_names_a_connection_of_the_client(string? realm, string? error)
    {
        Assert.Equal(error, (await AskAsync(("grant_type", Realm), ("realm", realm))).Error);
    }

    [Fact]
    public async Task A_realm_names_no_connection_of_other_clients()
    {
        await server.ChangeAsync(db => Task.FromResult(db.Add(
            new Connection { Id = "con_others", Name = "others", Strategy = Connection.DatabaseStrategy })));

        Assert.Equal("invalid_request", (await AskAsync(("grant_type", Realm), ("realm", "others"))).Error);
    }

    [Fact]
    public async Task Every_failure_of_the_user_has_one_answer()
    {
        var blocked = await server.AddUserAsync("blocked@example.com", "four unrelated words here");
        await server.ChangeAsync<User>(user => user.UserId == blocked.UserId, user => user.Blocked = true);

        var answers = new[]
        {
            await AskAsync(("password", "wrong")),
            await AskAsync(("username", "nobody@example.com")),
            await AskAsync(("username", "blocked@example.com"), ("password", "four unrelated words here")),
        };

        Assert.All(
            answers,
            answer =>
                Assert.Equal(
                    (HttpStatusCode.BadRequest, "invalid_grant", "Wrong email or password."),
                    (answer.Status, answer.Error, answer["error_description"])));
    }

    [Theory]
    [InlineData("locked@example.com")]
    [InlineData("unknown@example.com")]
    public async Task Guessing_locks_known_and_unknown_accounts_alike(string username)
    {
        await using var own = new TestServer();
        await own.AddUserAsync("locked@example.com", "four unrelated words here");
        await own.ChangeAsync<TenantSettings>(
            _ => true, settings => settings.DefaultDirectory = Connection.DefaultDatabase);
        var theirs = await own.AddClientAsync(c => c.GrantTypes = ["password"]);
        var asking = new OAuth(own);
        Task<Answer> TryAsync(string password) =>
            asking.TokenAsync(theirs, ("grant_type", "password"), ("username", username), ("password", password));

        for (var i = 0; i < 10; i++)
            Assert.Equal("invalid_grant", (await TryAsync("wrong")).Error);
        var right = await TryAsync("four unrelated words here");

        Assert.Equal(("invalid_grant", "Wrong email or password."), (right.Error, right["error_description"]));
        own.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(
            username == "locked@example.com" ? null : "invalid_grant",
            (await TryAsync("four unrelated words here")).Error);
    }

    /// <summary>An account has 50 attempts an hour, and 10 in 15 minutes from one address.</summary>
    [Fact]
    public async Task A_right_password_uses_up_no_attempt()
    {
        var person = await server.AddUserAsync("often@example.com", "four unrelated words here");

        for (var i = 0; i < 51; i++)
        {
            var answer = await AskAsync(("username", person.Email), ("password", "four unrelated words here"));
            Assert.True(answer.Status == HttpStatusCode.OK, $"Login {i + 1}: {answer.Error}");
        }
    }

    [Fact]
    public async Task A_right_password_forgives_the_wrong_ones_of_its_account_and_address()
    {
        var person = await server.AddUserAsync("forgetful@example.com", "four unrelated words here");
        Task<Answer> TryAsync(string password) => AskAsync(("username", person.Email), ("password", password));

        for (var i = 0; i < 2; i++)
        {
            for (var wrong = 0; wrong < 9; wrong++)
                Assert.Equal("invalid_grant", (await TryAsync("wrong")).Error);
            Assert.Equal(HttpStatusCode.OK, (await TryAsync("four unrelated words here")).Status);
        }
    }

    [Fact]
    public async Task A_client_without_the_refresh_token_grant_gets_no_refresh_token()
    {
        var theirs = await server.AddClientAsync(c => c.GrantTypes = ["password"]);

        var answer = await oauth.TokenAsync(
            theirs,
            ("grant_type", "password"),
            ("username", TestServer.AdminEmail),
            ("password", TestServer.AdminPassword),
            ("scope", "openid offline_access"));

        Assert.Equal((HttpStatusCode.OK, "openid", null), (answer.Status, answer["scope"], answer["refresh_token"]));
    }

    [Fact]
    public async Task Only_a_first_party_client_with_the_grant_type_sees_a_password()
    {
        var without = await server.AddClientAsync();
        var theirs = await server.AddClientAsync(c => (c.GrantTypes, c.IsFirstParty) = (["password"], false));

        foreach (var refused in (Client[])[without, theirs])
            Assert.Equal(
                "unauthorized_client",
                (await oauth.TokenAsync(
                        refused,
                        ("grant_type", "password"),
                        ("username", TestServer.AdminEmail),
                        ("password", TestServer.AdminPassword))).Error);
    }

    [Fact]
    public async Task The_management_api_is_not_lent_to_users()
    {
        Assert.Equal("access_denied", (await AskAsync(("audience", server.Issuer.Value + "api/v2/"))).Error);
        Assert.Equal("access_denied", (await AskAsync(("audience", "https://nowhere.example.com"))).Error);
    }

    [Theory]
    [InlineData("username")]
    [InlineData("password")]
    public async Task Both_parameters_are_needed(string missing)
    {
        Assert.Equal("invalid_request", (await AskAsync((missing, null))).Error);
    }

    [Fact]
    public async Task Without_a_default_directory_the_short_form_does_not_work()
    {
        await using var own = new TestServer();
        var theirs = await own.AddClientAsync(c => c.GrantTypes = ["password"]);

        var answer = await new OAuth(own).TokenAsync(
            theirs, ("grant_type", "password"), ("username", TestServer.AdminEmail),
            ("password", TestServer.AdminPassword));

        Assert.Equal("Authorization server not configured with default connection.", answer["error_description"]);
    }

    private Task<Client> ClientAsync() =>
        server.AddClientAsync(c => c.GrantTypes = ["password", Realm, "refresh_token"]);

    private Task<Answer> AskAsync(params (string Name, string? Value)[] more) =>
        oauth.TokenAsync(
            client,
            [
                ("grant_type", "password"),
                ("username", TestServer.AdminEmail),
                ("password", TestServer.AdminPassword),
                .. more,
            ]);
}
