using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Actions of a login in every flow that gives tokens (docs/actions.md).</summary>
public sealed class PostLoginTests(ActionScenario scenario) : IClassFixture<ActionScenario>
{
    private const string Trigger = "post-login";
    private const string Claims =
        """
        api.accessToken.setCustomClaim('https://x.example/a', 1);
        api.idToken.setCustomClaim('https://x.example/i', ['x']);
        api.accessToken.addScope('foo');
        api.accessToken.removeScope('write:contacts');
        """;

    private readonly OAuth oauth = scenario.OAuth;

    [Fact]
    public async Task The_documented_Action_runs_as_it_stands()
    {
        await scenario.BindAsync(Trigger, ActionScripts.Documented);

        var issued = await oauth.GetTokensAsync(scenario.Client, "openid", TestData.Api);

        var (idToken, accessToken) = (OAuth.ClaimsOf(issued["id_token"]), OAuth.ClaimsOf(issued["access_token"]));
        Assert.Equal("none", idToken.GetProperty("https://my-app.example.com/favorite_color").GetString());
        Assert.Equal("[]", accessToken.GetProperty("https://my-app.example.com/groups").GetRawText());
        var user = await scenario.Server.AdministratorAsync();
        Assert.Contains("""
            "last_login_ip":"127.0.0.1"
            """, user.AppMetadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_and_scopes_are_in_the_tokens_of_a_code_its_refreshes_and_at_userinfo()
    {
        // A JWT names no authorization: /userinfo takes the newest one.
        scenario.Server.Time.Advance(TimeSpan.FromSeconds(5));
        await scenario.BindBodyAsync(
            Trigger, Claims + " api.idToken.setCustomClaim('protocol', event.transaction.protocol);");

        var code = await oauth.GetTokensAsync(
            scenario.Client, "openid offline_access read:contacts write:contacts", TestData.Api);
        var refreshed = await oauth.RefreshAsync(scenario.Client, code["refresh_token"]);

        Assert.Equal("openid offline_access read:contacts foo", code["scope"]);
        Assert.Equal("oidc-basic-profile", OAuth.ClaimsOf(code["id_token"]).GetProperty("protocol").GetString());
        Assert.Equal("oauth2-refresh-token", OAuth.ClaimsOf(refreshed["id_token"]).GetProperty("protocol").GetString());
        foreach (var issued in (Answer[])[code, refreshed])
        {
            AssertClaims(issued);
            var scope = OAuth.ClaimsOf(issued["access_token"]).GetProperty("scope").GetString();
            Assert.Equal("openid offline_access read:contacts foo", scope);
        }

        Assert.Equal("oauth2-refresh-token", (await oauth.UserInfoAsync(refreshed["access_token"]))["protocol"]);
    }

    [Fact]
    public async Task Claims_are_in_the_tokens_of_the_password_grant()
    {
        await scenario.BindBodyAsync(Trigger, Claims);

        var issued = await scenario.PasswordAsync("openid read:contacts");

        AssertClaims(issued);
        Assert.Equal("openid read:contacts foo", issued["scope"]);
    }

    [Fact]
    public async Task Claims_are_in_the_tokens_of_the_implicit_flow()
    {
        await scenario.BindBodyAsync(Trigger, Claims);
        var request = OAuth.RequestOf(
            scenario.Client,
            ("response_type", "id_token token"), ("nonce", "n"), ("audience", TestData.Api),
            ("code_challenge", null), ("code_challenge_method", null));

        using var answer = await oauth.AuthorizeAsync(request, await scenario.Server.StartSessionAsync());
        var issued = OAuth.Redirected(answer);

        Assert.Equal(1, OAuth.ClaimsOf(issued["access_token"]).GetProperty("https://x.example/a").GetInt32());
        Assert.Equal("x", OAuth.ClaimsOf(issued["id_token"]).GetProperty("https://x.example/i")[0].GetString());
        Assert.Equal("openid foo", issued["scope"]);
    }

    [Fact]
    public async Task A_denial_goes_to_the_application_and_issues_nothing()
    {
        await scenario.BindBodyAsync(
            Trigger, "api.user.setAppMetadata('denied', true); api.access.deny('本日は\\n\"不可\"');");
        var cookie = await scenario.Server.StartSessionAsync();

        using var browser = await oauth.AuthorizeAsync(OAuth.RequestOf(scenario.Client), cookie);
        var redirected = OAuth.Redirected(browser);
        var password = await scenario.PasswordAsync();

        const string Reason = "本日は \"不可\"";
        Assert.Equal(("access_denied", Reason), (redirected["error"], redirected["error_description"]));
        Assert.Equal("xyzABC123", redirected["state"]);
        Assert.Equal((HttpStatusCode.Forbidden, "access_denied"), (password.Status, password.Error));
        Assert.Equal(Reason, password["error_description"]);
        var user = await scenario.Server.AdministratorAsync();
        Assert.Contains("\"denied\":true", user.AppMetadata, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api.access.deny('拒否')")]
    [InlineData("throw new Error('拒否')")]
    public async Task A_login_that_an_Action_ends_in_a_browser_is_in_the_log(string body)
    {
        await scenario.BindBodyAsync(Trigger, body);
        var cookie = await scenario.Server.StartSessionAsync();

        var events = await scenario.Server.EventsOfAsync(async () =>
        {
            using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(scenario.Client), cookie);
        });

        var failed = Assert.Single(events, logged => logged.Type == "f");
        Assert.Equal(
            ("拒否", scenario.UserId, scenario.Client.ClientId, "Username-Password-Authentication"),
            (failed.Description, failed.UserId, failed.ClientId, failed.Connection));
        var details = JsonDocument.Parse(failed.Details!).RootElement;
        Assert.Equal("access_denied", details.GetProperty("error").GetProperty("oauthError").GetString());
        Assert.Equal("post-login", (await scenario.ExecutionOfAsync(failed)).Text("trigger_id"));
    }

    [Fact]
    public async Task A_refresh_token_that_was_denied_is_not_used_up()
    {
        await scenario.BindAsync(Trigger);
        var issued = await oauth.GetTokensAsync(scenario.Client, "openid offline_access", TestData.Api);
        await scenario.BindBodyAsync(Trigger, "api.access.deny('no')");
        var denied = await oauth.RefreshAsync(scenario.Client, issued["refresh_token"]);
        await scenario.BindAsync(Trigger);

        Assert.Equal("access_denied", denied.Error);
        Assert.Equal(HttpStatusCode.OK, (await oauth.RefreshAsync(scenario.Client, issued["refresh_token"])).Status);
    }

    [Fact]
    public async Task A_refresh_token_can_be_revoked()
    {
        await scenario.BindAsync(Trigger);
        var issued = await oauth.GetTokensAsync(scenario.Client, "openid offline_access", TestData.Api);
        await scenario.BindBodyAsync(Trigger, "api.refreshToken.revoke('stolen')");
        var revoked = await oauth.RefreshAsync(scenario.Client, issued["refresh_token"]);
        await scenario.BindAsync(Trigger);

        Assert.Equal(("access_denied", "stolen"), (revoked.Error, revoked["error_description"]));
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(scenario.Client, issued["refresh_token"])).Error);
    }

    [Fact]
    public async Task Reuse_after_the_leeway_revokes_the_tokens_also_when_an_Action_denies_it()
    {
        var client = await scenario.Server.AddClientAsync(
            c => c.RefreshTokens = new RefreshTokenPolicy { Rotating = true, Leeway = 10 });
        await scenario.UnbindAsync();
        var first = (await oauth.GetTokensAsync(client, "openid offline_access"))["refresh_token"];
        var second = (await oauth.RefreshAsync(client, first))["refresh_token"];
        scenario.Server.Time.Advance(TimeSpan.FromSeconds(11));

        await scenario.BindBodyAsync(Trigger, "api.access.deny('no')");
        var reused = await oauth.RefreshAsync(client, first);
        await scenario.UnbindAsync();

        Assert.Equal("invalid_grant", reused.Error);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(client, second)).Error);
    }

    /// <summary>The Action itself sets it, as an administrator might while the Action runs.</summary>
    [Fact]
    public async Task A_login_whose_user_gets_another_password_while_the_Actions_run_gives_no_tokens()
    {
        const string Address = "grace@example.com";
        var user = await scenario.Server.AddUserAsync(Address, "a long pass phrase");
        var caller = await scenario.Server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);
        await scenario.Server.AddClientGrantAsync(caller.ClientId, Issuer.ManagementApi, "update:users");
        await scenario.BindAsync(
            Trigger,
            $$"""
            const { ManagementClient } = require('auth0');
            exports.onExecutePostLogin = async (event, api) => {
              const management = new ManagementClient({ domain: '{{scenario.Server.Address}}',
                clientId: '{{caller.ClientId}}', clientSecret: '{{TestData.Secret}}' });
              await management.users.update({ id: event.user.user_id }, { password: 'another long pass phrase' });
            };
            """);

        var granted = await oauth.TokenAsync(
            scenario.Client,
            ("grant_type", "password"),
            ("username", Address),
            ("password", "a long pass phrase"),
            ("scope", "openid offline_access"));
        using var silent = await oauth.AuthorizeAsync(
            OAuth.RequestOf(scenario.Client, ("prompt", "none")), await scenario.Server.StartSessionAsync(user));
        using var browser = new Browser(scenario.Server);
        await browser.OpenAsync(scenario.Client.Authorize());
        await browser.SignInAsync(Address, "another long pass phrase");

        Assert.Equal(
            ("invalid_grant", "Wrong email or password."), (granted.Error, granted["error_description"]));
        Assert.Equal("login_required", OAuth.Redirected(silent)["error"]);
        Assert.Equal("/u/login", browser.Url.AbsolutePath);
        await scenario.UnbindAsync();
        await browser.SignInAsync(Address, "another long pass phrase");
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_session_can_be_revoked()
    {
        await scenario.BindBodyAsync(Trigger, "api.session.revoke('suspicious')");
        var cookie = await scenario.Server.StartSessionAsync();
        using var denied = await oauth.AuthorizeAsync(OAuth.RequestOf(scenario.Client), cookie);
        await scenario.BindAsync(Trigger);
        using var again = await oauth.AuthorizeAsync(OAuth.RequestOf(scenario.Client, ("prompt", "none")), cookie);

        Assert.Equal("suspicious", OAuth.Redirected(denied)["error_description"]);
        Assert.Equal("login_required", OAuth.Redirected(again)["error"]);
    }

    [Fact]
    public async Task A_failing_Action_fails_the_login_and_is_recorded()
    {
        await scenario.BindBodyAsync(Trigger, "console.log('before'); throw new TypeError('broken');");

        Answer answer = null!;
        var events = await scenario.Server.EventsOfAsync(async () => answer = await scenario.PasswordAsync());

        Assert.Equal(("access_denied", "broken"), (answer.Error, answer["error_description"]));
        var failed = Assert.Single(events, logged => logged.Type == "actions_execution_failed");
        var details = JsonDocument.Parse(failed.Details!).RootElement;
        Assert.Equal("broken", details.GetProperty("action_error").GetProperty("msg").GetString());
        var execution = await scenario.ExecutionOfAsync(failed);
        var result = execution["results"]![0]!;
        Assert.Equal(("partial", "post-login"), (execution.Text("status"), execution.Text("trigger_id")));
        Assert.Equal("TypeError", result["error"]!["id"]!.GetValue<string>());
        Assert.Equal("before", result["lines"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Reserved_claims_stay_and_profile_claims_follow_the_scope()
    {
        await scenario.BindBodyAsync(
            Trigger,
            """
            for (const name of ['sub', 'iss', 'aud', 'exp', 'permissions', 'https://x.auth0.com/a'])
              api.accessToken.setCustomClaim(name, 'forged');
            api.idToken.setCustomClaim('sub', 'forged');
            api.idToken.setCustomClaim('email', 'other@example.com');
            api.idToken.setCustomClaim('birthdate', '1990-01-01');
            api.idToken.setCustomClaim('none', undefined);
            api.idToken.setCustomClaim('null', null);
            """);

        var without = await scenario.PasswordAsync("openid");
        scenario.Server.Time.Advance(TimeSpan.FromSeconds(2));
        var with = await scenario.PasswordAsync("openid email profile");

        Assert.DoesNotContain("forged", OAuth.ClaimsOf(with["access_token"]).GetRawText(), StringComparison.Ordinal);
        Assert.False(OAuth.ClaimsOf(without["id_token"]).TryGetProperty("email", out _));
        var claims = OAuth.ClaimsOf(with["id_token"]);
        Assert.Equal("other@example.com", claims.GetProperty("email").GetString());
        Assert.Equal("1990-01-01", claims.GetProperty("birthdate").GetString());
        Assert.False(claims.TryGetProperty("none", out _));
        Assert.Equal(JsonValueKind.Null, claims.GetProperty("null").ValueKind);
        Assert.Equal((await scenario.Server.AdministratorAsync()).UserId, claims.GetProperty("sub").GetString());
        Assert.Equal("other@example.com", (await oauth.UserInfoAsync(with["access_token"]))["email"]);
    }

    [Fact]
    public async Task Invalid_commands_of_an_Action_do_not_count()
    {
        await scenario.BindBodyAsync(
            Trigger,
            """
            api.user.setAppMetadata('counted', true);
            for (let i = 0; i < 9; i++) api.user.setAppMetadata(`part${i}`, 'x'.repeat(4000));
            """);

        scenario.Server.Time.Advance(TimeSpan.FromSeconds(1));
        var denied = await scenario.PasswordAsync();

        const string Error = "The metadata that is set may have 32768 bytes";
        Assert.Equal(("access_denied", Error), (denied.Error, denied["error_description"]));
        var user = await scenario.Server.AdministratorAsync();
        Assert.DoesNotContain("counted", user.AppMetadata, StringComparison.Ordinal);
        var results = (await scenario.ExecutionsAsync())[^1].Results;
        Assert.Contains(Error, results, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api.accessToken.setCustomClaim('https://x.example/deep', deep);")]
    [InlineData("api.user.setAppMetadata('deep', deep);")]
    public async Task A_value_that_is_nested_too_deeply_fails_the_login(string statement)
    {
        await scenario.BindBodyAsync(Trigger, $"let deep = 1; for (let i = 0; i < 64; i++) deep = [deep]; {statement}");
        var cookie = await scenario.Server.StartSessionAsync();

        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(scenario.Client), cookie);

        Assert.Equal("access_denied", OAuth.Redirected(answer)["error"]);
    }

    [Fact]
    public async Task A_line_of_the_console_is_kept_in_every_script()
    {
        var line = new string('あ', 200);
        await scenario.BindBodyAsync(Trigger, $"console.log('{line}');");

        scenario.Server.Time.Advance(TimeSpan.FromSeconds(1));
        await scenario.PasswordAsync();

        var results = JsonDocument.Parse((await scenario.ExecutionsAsync())[^1].Results).RootElement;
        Assert.Equal(line, results[0].GetProperty("lines")[0].GetString());
    }

    [Fact]
    public async Task The_module_auth0_calls_the_Management_API_of_this_server()
    {
        await scenario.Server.AddClientGrantAsync(
            scenario.Client.ClientId, Issuer.ManagementApi, "read:users update:users read:roles");
        await scenario.Api.PostAsync("roles", """{"name":"Reader"}""");
        var start =
            $$"""
            const { ManagementClient } = require('auth0');
            exports.onExecutePostLogin = async (event, api) => {
              const management = new ManagementClient({ domain: '{{scenario.Server.Address}}',
                clientId: '{{scenario.Client.ClientId}}', clientSecret: '{{TestData.Secret}}' });
              const params = { id: event.user.user_id };
            """;
        var current = await scenario.DeployAsync(
            Trigger,
            start + """
              await management.users.update(params, { user_metadata: { color: 'green' } });
              const { data: user } = await management.users.get(params);
              const roles = [];
              for await (const role of await management.roles.list({ per_page: 1 })) roles.push(role.name);
              const error = await management.users.get('auth0|none').catch((failure) => failure);
              api.idToken.setCustomClaim('https://x.example/seen', [user.user_metadata.color, user.email,
                roles.includes('Reader') && roles.includes('Administrator'), error.statusCode, error.errorCode]);
            };
            """);
        var older = await scenario.DeployAsync(
            Trigger,
            start + """
              const { email } = await management.users.get(params);
              api.idToken.setCustomClaim('https://x.example/old', email);
            };
            """,
            new JsonObject { ["name"] = "auth0", ["version"] = "3.7.2" });
        await scenario.BindDeployedAsync(Trigger, [current, older]);

        var issued = await scenario.PasswordAsync();

        Assert.True(issued.Status == HttpStatusCode.OK, issued.Error + issued["error_description"]);
        var claims = OAuth.ClaimsOf(issued["id_token"]);
        Assert.Equal(
            $"""["green","{TestServer.AdminEmail}",true,404,"inexistent_user"]""",
            claims.GetProperty("https://x.example/seen").GetRawText());
        Assert.Equal(TestServer.AdminEmail, claims.GetProperty("https://x.example/old").GetString());
    }

    private static void AssertClaims(Answer issued)
    {
        Assert.Equal(1, OAuth.ClaimsOf(issued["access_token"]).GetProperty("https://x.example/a").GetInt32());
        Assert.Equal("x", OAuth.ClaimsOf(issued["id_token"]).GetProperty("https://x.example/i")[0].GetString());
    }
}
