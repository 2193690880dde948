using System.Net;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Registration;

/// <summary>Registrations of the shapes that editors and agents send, and where they look for the endpoint.</summary>
public sealed class McpClientTests(RegistrationScenario scenario) : IClassFixture<RegistrationScenario>
{
    private const string Usual = """
        "grant_types":["authorization_code","refresh_token"],"response_types":["code"],
        "token_endpoint_auth_method":"none"
        """;

    public static TheoryData<string, string, string[]> Clients => new()
    {
        {
            "Visual Studio Code",
            """
            "application_type":"native","client_uri":"https://code.visualstudio.com",
            "redirect_uris":["https://insiders.vscode.dev/redirect","https://vscode.dev/redirect",
              "http://127.0.0.1/","http://127.0.0.1:33418/"]
            """,
            ["https://vscode.dev/redirect", "http://127.0.0.1:33418/", "http://127.0.0.1:51234/"]
        },
        {
            "Cursor",
            """
            "redirect_uris":["cursor://anysphere.cursor-mcp/oauth/callback",
              "https://www.cursor.com/agents/mcp/oauth/callback","http://localhost:8787/callback"]
            """,
            [
                "cursor://anysphere.cursor-mcp/oauth/callback", "https://www.cursor.com/agents/mcp/oauth/callback",
                "http://localhost:8788/callback",
            ]
        },
        {
            "Windsurf",
            """
            "redirect_uris":["windsurf://codeium.windsurf/oauth/callback"],
            "logo_uri":"https://windsurf.example/logo.png"
            """,
            ["windsurf://codeium.windsurf/oauth/callback"]
        },
        {
            "Claude",
            """
            "redirect_uris":["https://claude.ai/api/mcp/auth_callback"],"scope":"openid profile offline_access"
            """,
            ["https://claude.ai/api/mcp/auth_callback"]
        },
        {
            "Claude Code (notes)",
            """
            "application_type":"native","redirect_uris":["http://localhost:3118/callback"],
            "scope":"read:notes offline_access"
            """,
            ["http://localhost:3118/callback", "http://localhost:55611/callback"]
        },
        {
            "Claude Code",
            """
            "redirect_uris":["http://localhost/callback","http://127.0.0.1/callback"],
            "software_id":"claude-code","software_version":"2.1"
            """,
            ["http://localhost:55611/callback", "http://127.0.0.1:8080/callback"]
        },
        {
            "Codex",
            """
            "application_type":"native","redirect_uris":["http://127.0.0.1:37819/callback/Zm9v"]
            """,
            ["http://127.0.0.1:37819/callback/Zm9v", "http://127.0.0.1:41001/callback/Zm9v"]
        },
        {
            "OpenCode",
            """
            "client_uri":"https://opencode.ai","redirect_uris":["http://127.0.0.1:19876/mcp/oauth/callback"],
            "tls_client_certificate_bound_access_tokens":false,"software_statement":null,"x_more":{"a":[1]}
            """,
            ["http://127.0.0.1:19876/mcp/oauth/callback"]
        },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task An_editor_registers_itself_and_its_user_signs_in(string name, string members, string[] used)
    {
        var answer = await scenario.RegisterAsync($$"""{"client_name":"{{name}}",{{Usual}},{{members}}}""");

        Assert.Equal((HttpStatusCode.Created, name), (answer.Status, answer["client_name"]));
        Assert.Equal("none", answer["token_endpoint_auth_method"]);
        Assert.False(answer.Json.TryGetProperty("client_secret", out _));
        using var sent = JsonDocument.Parse("{" + members + "}");
        Assert.Equal(
            sent.RootElement.GetProperty("redirect_uris").EnumerateArray().Select(uri => uri.GetString()),
            answer.Json.GetProperty("redirect_uris").EnumerateArray().Select(uri => uri.GetString()));

        var client = await scenario.StoredAsync(answer["client_id"]!);
        foreach (var uri in used)
        {
            using var browser = new Browser(scenario.Server);
            await browser.OpenAsync(client.Authorize(("redirect_uri", uri), ("scope", "openid offline_access")));
            await browser.SignInAsync();
            if (browser.Has("consent-allow"))
                await browser.ClickAsync("consent-allow");
            Assert.StartsWith(uri, browser.LeftTo!.OriginalString, StringComparison.Ordinal);
            var tokens = await scenario.OAuth.RedeemAsync(
                client, browser.Returned("code")!, ("redirect_uri", uri), ("code_verifier", OAuth.Verifier));
            Assert.NotNull(tokens["refresh_token"]);
        }
    }

    [Theory]
    [InlineData("http://localhost:3118/other")]
    [InlineData("http://127.0.0.1:3118/callback")]
    [InlineData("https://localhost:3118/callback")]
    [InlineData("http://localhost.evil.example:3118/callback")]
    [InlineData("http://localhost:3118@evil.example/callback")]
    public async Task Only_the_port_of_a_loopback_address_may_differ(string uri)
    {
        var client = await scenario.PublicAsync("http://localhost:3118/callback");
        using var answer = await scenario.OAuth.AuthorizeAsync(OAuth.RequestOf(client, ("redirect_uri", uri)));

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }

    [Theory]
    [InlineData("javascript://x/%0aalert(1)")]
    [InlineData("ms-msdt:/id")]
    [InlineData("ws://app.example/cb")]
    [InlineData("view-source:/x")]
    [InlineData("intent://x")]
    [InlineData("http://app.example/cb")]
    public async Task One_bad_URI_refuses_the_registration(string uri)
    {
        var before = await scenario.CountAsync();
        var answer = await scenario.RegisterAsync($$"""{ {{Usual}},"redirect_uris":["cursor://app/cb","{{uri}}"]}""");

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_redirect_uri"), (answer.Status, answer.Error));
        Assert.Contains(uri, answer["error_description"], StringComparison.Ordinal);
        Assert.Equal(before, await scenario.CountAsync());
    }

    [Fact]
    public async Task The_derived_name_of_an_installed_application_is_its_scheme()
    {
        var client = await scenario.PublicAsync("myapp://accounts.google.com/callback");

        Assert.Equal(("myapp", AppTypes.Native), (client.Name, client.AppType));
    }

    /// <summary>RFC 8414 §3.3: metadata under a path would name another issuer. Clients try the next place.</summary>
    [Theory]
    [InlineData("/.well-known/oauth-authorization-server", 200)]
    [InlineData("/.well-known/oauth-authorization-server/", 200)]
    [InlineData("/.well-known/openid-configuration", 200)]
    [InlineData("/.well-known/oauth-authorization-server/mcp", 404)]
    [InlineData("/.well-known/openid-configuration/mcp", 404)]
    [InlineData("/mcp/.well-known/oauth-authorization-server", 404)]
    [InlineData("/mcp/.well-known/openid-configuration", 404)]
    [InlineData("/.well-known/oauth-protected-resource", 404)]
    [InlineData("/.well-known/oauth-protected-resource/mcp", 404)]
    public async Task Metadata_is_where_the_issuer_says_and_nowhere_else(string path, int status) =>
        Assert.Equal(status, (int)(await scenario.GetAsync(path)).Status);

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server", "GET", "mcp-protocol-version")]
    [InlineData("/.well-known/openid-configuration", "GET", "mcp-protocol-version")]
    [InlineData("/oidc/register", "POST", "content-type")]
    [InlineData("/oauth/token", "POST", "content-type,authorization")]
    public async Task A_script_of_a_client_may_ask_before_it_calls(string path, string method, string headers)
    {
        await scenario.PublicAsync("https://inspector.example/oauth/callback");
        var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", "https://inspector.example");
        preflight.Headers.Add("Access-Control-Request-Method", method);
        preflight.Headers.Add("Access-Control-Request-Headers", headers);

        var answer = await scenario.OAuth.SendAsync(preflight);

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Contains(
            Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")),
            (string[])["*", "https://inspector.example"]);
        Assert.Contains(
            method, answer.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.All(headers.Split(','), header => Assert.Contains(
            header,
            answer.Headers.GetValues("Access-Control-Allow-Headers").Single(),
            StringComparison.OrdinalIgnoreCase));
    }
}
