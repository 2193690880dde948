using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Actions;

/// <summary>The triggers beside the login (docs/actions.md).</summary>
public sealed class TriggerTests(ActionScenario scenario) : IClassFixture<ActionScenario>, IAsyncLifetime
{
    private const string Password = "four unrelated words here";

    public async ValueTask InitializeAsync() => await scenario.UnbindAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_client_s_own_token_has_the_claims_of_credentials_exchange()
    {
        await scenario.BindBodyAsync(
            "credentials-exchange",
            """
            api.accessToken.setCustomClaim('https://x.example/m', [event.client.client_id, event.accessToken.scope]);
            for (const name of ['sub', 'scope']) api.accessToken.setCustomClaim(name, 'forged');
            """);

        var issued = await scenario.ClientCredentialsAsync();

        var claims = OAuth.ClaimsOf(issued["access_token"]);
        Assert.Equal(
            $$"""["{{scenario.Client.ClientId}}",["read:contacts"]]""",
            claims.GetProperty("https://x.example/m").GetRawText());
        Assert.Equal(scenario.Client.ClientId + "@clients", claims.GetProperty("sub").GetString());
        Assert.Equal("read:contacts", claims.GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("api.access.deny('invalid_scope', 'Too much.')", "invalid_scope", HttpStatusCode.BadRequest)]
    [InlineData("api.access.deny('server_error', 'Too much.')", "access_denied", HttpStatusCode.Forbidden)]
    [InlineData("api.access.deny('quota_exceeded', 'Too much.')", "access_denied", HttpStatusCode.Forbidden)]
    [InlineData("api.access.deny('Too much.')", "access_denied", HttpStatusCode.Forbidden)]
    [InlineData("throw new Error('Too much.')", "access_denied", HttpStatusCode.Forbidden)]
    public async Task A_client_s_own_token_can_be_denied(string body, string error, HttpStatusCode status)
    {
        await scenario.BindBodyAsync("credentials-exchange", body);

        var answer = await scenario.ClientCredentialsAsync();

        Assert.Equal((status, error, "Too much."), (answer.Status, answer.Error, answer["error_description"]));
    }

    [Fact]
    public async Task A_registration_can_be_refused_everywhere()
    {
        await scenario.BindBodyAsync(
            "pre-user-registration",
            "api.access.deny('disposable ' + event.user.email, 'Use another address.');");

        var signup = default(JsonElement);
        ManagementAnswer created = null!;
        using var browser = new Browser(scenario.Server);
        var events = await scenario.Server.EventsOfAsync(async () =>
        {
            signup = await SignUpAsync("a@disposable.example");
            created = await scenario.Api.PostAsync("users", $$"""
                {
                  "connection": "Username-Password-Authentication",
                  "email": "b@disposable.example",
                  "password": "{{Password}}"
                }
                """);
            await browser.OpenAsync(scenario.Client.Authorize(("screen_hint", "signup")));
            await browser.Fill("username", "c@disposable.example").Fill("password", Password)
                .ClickAsync("signup-submit");
        });

        Assert.Equal(
            ("extensibility_error", "disposable a@disposable.example", "Use another address."),
            (Text(signup, "code"), Text(signup, "message"), Text(signup, "friendly_message")));
        Assert.Equal((400, "disposable b@disposable.example"), (created.Status, created.Message));
        Assert.Contains("Use another address.", browser.Text, StringComparison.Ordinal);
        foreach (var name in (string[])["a", "b", "c"])
        {
            var email = $"{name}@disposable.example";
            Assert.Empty((await scenario.Api.GetAsync($"users-by-email?email={email}")).List);
            var failed = Assert.Single(events, logged => logged.Type == "fs" && logged.UserName == email);
            Assert.Equal(
                ($"disposable {email}", Connection.DefaultDatabase, name == "b" ? null : scenario.Client.ClientId),
                (failed.Description, failed.Connection, failed.ClientId));
            Assert.Equal("pre-user-registration", (await scenario.ExecutionOfAsync(failed)).Text("trigger_id"));
        }
    }

    [Fact]
    public async Task What_Actions_end_at_the_token_endpoint_names_its_execution_in_the_log()
    {
        var issued = await scenario.OAuth.GetTokensAsync(scenario.Client, "openid offline_access", TestData.Api);
        await scenario.BindBodyAsync("post-login", "throw new Error('broken');");
        await scenario.BindBodyAsync("credentials-exchange", "api.access.deny('no');");

        var events = await scenario.Server.EventsOfAsync(async () =>
        {
            await scenario.OAuth.RefreshAsync(scenario.Client, issued["refresh_token"]);
            await scenario.PasswordAsync();
            await scenario.ClientCredentialsAsync();
        });

        (string, string, string)[] expected =
        [
            ("fertft", "broken", "post-login"),
            ("fepft", "broken", "post-login"),
            ("feccft", "no", "credentials-exchange"),
        ];
        foreach (var (type, reason, trigger) in expected)
        {
            var failed = Assert.Single(events, logged => logged.Type == type);
            var execution = await scenario.ExecutionOfAsync(failed);
            Assert.Equal((reason, trigger), (failed.Description, execution.Text("trigger_id")));
        }
    }

    [Fact]
    public async Task A_registration_shows_its_application_what_was_sent_and_the_page_s_transaction()
    {
        await scenario.BindBodyAsync(
            "pre-user-registration",
            """
            const { client, request: { body }, transaction } = event;
            const seen = JSON.stringify([
              client.name, client.metadata.partner, body.company, body.tags, body.password, transaction?.protocol,
              transaction?.locale, transaction?.requested_scopes,
            ]);
            api.access.deny(seen, seen);
            """);

        var signup = await SignUpAsync("seen@example.com");
        using var browser = new Browser(scenario.Server);
        await browser.OpenAsync(scenario.Client.Authorize(("screen_hint", "signup"), ("scope", "openid")));
        await browser.Fill("username", "s@example.com").Fill("password", Password).ClickAsync("signup-submit");

        var name = scenario.Client.Name;
        Assert.Equal($"""["{name}",null,"Acme",["a"],null,null,null,null]""", Text(signup, "message"));
        Assert.Contains(
            $"""["{name}",null,null,null,null,"oidc-basic-profile","en",["openid"]]""",
            browser.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_gets_metadata_and_runs_what_is_bound_after_it()
    {
        await scenario.BindBodyAsync(
            "pre-user-registration",
            "api.user.setAppMetadata('plan', 'gold'); console.log(JSON.stringify(event));");
        await scenario.BindBodyAsync(
            "post-user-registration",
            "console.log(event.user.email, event.user.app_metadata.plan); throw new Error('after sign-up');");

        var signup = await SignUpAsync("new@example.com");

        Assert.Equal("new@example.com", Text(signup, "email"));
        var user = (await scenario.Api.GetAsync("users-by-email?email=new@example.com")).List.Single()!;
        Assert.Equal("gold", user["app_metadata"]!["plan"]!.GetValue<string>());
        var before = await scenario.ResultsAsync("pre-user-registration");
        var after = await scenario.ResultsAsync("post-user-registration");
        Assert.Equal("new@example.com gold", after[0].GetProperty("lines")[0].GetString());
        Assert.DoesNotContain(Password, before.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("post-user-registration", await TriggerOfFailureAsync("after sign-up"));
    }

    [Fact]
    public async Task Another_password_runs_what_is_bound_to_it()
    {
        var id = await scenario.Api.NewUserAsync("changed@example.com");
        await scenario.BindBodyAsync(
            "post-change-password",
            """
            for (const shown of [event.user, event.connection]) console.log(Object.keys(shown).sort().join());
            throw new Error('after password');
            """);

        var changed = await scenario.Api.PatchAsync(
            $"users/{Uri.EscapeDataString(id)}", $$"""{"password":"{{Password}}"}""");

        Assert.Equal(200, changed.Status);
        var lines = (await scenario.ResultsAsync("post-change-password"))[0].GetProperty("lines");
        Assert.Equal(
            """["email,email_verified,last_password_reset,user_id","id,metadata,name,strategy"]""",
            lines.GetRawText());
        Assert.Equal("post-change-password", await TriggerOfFailureAsync("after password"));
    }

    /// <summary>The trigger of an execution that failed beside its request.</summary>
    private async Task<string> TriggerOfFailureAsync(string message)
    {
        var failed = await scenario.Server.EventAsync(
            "actions_execution_failed", logged => logged.Description!.EndsWith(message, StringComparison.Ordinal));
        return (await scenario.ExecutionOfAsync(failed)).Text("trigger_id");
    }

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) ? value.GetString() : null;

    private async Task<JsonElement> SignUpAsync(string email)
    {
        using var http = scenario.Server.NewHttp();
        using var answer = await http.PostAsJsonAsync(
            "/dbconnections/signup",
            new
            {
                client_id = scenario.Client.ClientId,
                connection = "Username-Password-Authentication",
                email,
                password = Password,
                company = "Acme",
                tags = new[] { "a" },
            });
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
