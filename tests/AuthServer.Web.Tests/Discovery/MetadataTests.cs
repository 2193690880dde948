using System.Net;
using System.Text.Json;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.TestKit;
using AuthServer.Web.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Discovery;

/// <summary>RFC 8414: the metadata agrees with the server.</summary>
public sealed class MetadataTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task Both_documents_are_the_same_and_name_the_issuer_with_its_slash()
    {
        var (oidc, oauth2) = (
            await GetAsync("/.well-known/openid-configuration"),
            await GetAsync("/.well-known/oauth-authorization-server"));

        Assert.Equal(oidc.Json.GetRawText(), oauth2.Json.GetRawText());
        Assert.Equal(server.Issuer.Value, oidc["issuer"]);
        Assert.DoesNotContain("registration_endpoint", oidc.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal("public, max-age=300", oidc.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("""{"oidc_logout":{"rp_logout_end_session_endpoint_discovery":false}}""", false)]
    [InlineData("""{"oidc_logout":{"rp_logout_end_session_endpoint_discovery":true}}""", true)]
    [InlineData("""{"flags":{"rp_logout_end_session_endpoint_discovery":false}}""", false)]
    public async Task The_end_of_a_session_is_named_as_the_tenant_wants(string settings, bool isNamed)
    {
        await using var api = new ManagementScenario();
        var answer = await api.PatchAsync("tenants/settings", settings);

        var metadata = await new OAuth(api.Server).SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration"));

        Assert.Equal(isNamed, metadata["end_session_endpoint"] is not null);
        Assert.Equal(isNamed, (bool?)answer["oidc_logout"]!["rp_logout_end_session_endpoint_discovery"]);
    }

    [Fact]
    public async Task The_host_header_changes_nothing()
    {
        var message = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration")
        {
            Headers = { Host = "evil.example" },
        };
        foreach (var header in (string[])["X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Original-Host"])
            message.Headers.TryAddWithoutValidation(header, "evil.example");

        Assert.Equal(server.Issuer.Value, (await oauth.SendAsync(message))["issuer"]);
    }

    /// <summary>Logout/BackchannelTests and FrontchannelTests show that it is so.</summary>
    [Theory]
    [InlineData("backchannel_logout_supported")]
    [InlineData("backchannel_logout_session_supported")]
    [InlineData("frontchannel_logout_supported")]
    [InlineData("frontchannel_logout_session_supported")]
    public async Task Applications_can_learn_of_a_logout(string member) =>
        Assert.True((await GetAsync("/.well-known/openid-configuration")).Json.GetProperty(member).GetBoolean());

    [Fact]
    public async Task Every_endpoint_that_it_names_is_there()
    {
        var metadata = (await GetAsync("/.well-known/openid-configuration")).Json;

        foreach (var member in metadata
                .EnumerateObject()
                .Where(m => m.Name.EndsWith("_endpoint", StringComparison.Ordinal) || m.Name == "jwks_uri"))
        {
            using var http = server.NewHttp();
            using var answer = await http.GetAsync(member.Value.GetString());
            Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("code_challenge_methods_supported", "S256")]
    [InlineData("response_modes_supported", "form_post fragment query web_message")]
    [InlineData("prompt_values_supported", "consent login none select_account")]
    [InlineData(
        "response_types_supported",
        "code,code id_token,code id_token token,code token,id_token,id_token token,token")]
    public async Task It_names_what_requests_may_have_and_nothing_else(string member, string expected)
    {
        var metadata = (await GetAsync("/.well-known/openid-configuration")).Json;

        var separator = expected.Contains(',', StringComparison.Ordinal) ? ',' : ' ';
        Assert.Equal(
            expected.Split(separator),
            metadata.GetProperty(member).EnumerateArray().Select(value => value.GetString()!).Order());
    }

    [Fact]
    public async Task Every_grant_type_that_it_names_is_known_and_the_others_are_not()
    {
        var metadata = (await GetAsync("/.well-known/openid-configuration")).Json;
        var named = metadata.GetProperty("grant_types_supported").EnumerateArray().Select(g => g.GetString()!).ToList();
        string[] others =
        [
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ];

        Assert.Empty(named.Intersect(others));
        foreach (var grantType in named.Union(others))
        {
            var answer = await oauth.PostAsync(
                "/oauth/token",
                ("grant_type", grantType),
                ("client_id", "nobody"),
                ("client_secret", "x"),
                ("code", "x"),
                ("refresh_token", "x"),
                ("username", "x"),
                ("password", "x"),
                ("realm", "x"));
            Assert.Equal(named.Contains(grantType) ? "invalid_client" : "unsupported_grant_type", answer.Error);
        }
    }

    [Fact]
    public async Task The_key_set_has_only_public_members()
    {
        var keys = (await GetAsync("/.well-known/jwks.json")).Json.GetProperty("keys").EnumerateArray().ToList();

        Assert.Equal(["RS256", "RS256", "ES256", "ES256"], keys.Select(key => key.GetProperty("alg").GetString()));
        Assert.All(keys, key => Assert.Equal(
            key.GetProperty("kty").ValueEquals("EC")
                ? ["alg", "crv", "kid", "kty", "use", "x", "x5c", "x5t", "y"]
                : ["alg", "e", "kid", "kty", "n", "use", "x5c", "x5t"],
            key.EnumerateObject().Select(member => member.Name).Order()));
        Assert.Equal(4, keys.Select(key => key.GetProperty("kid").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task The_next_key_is_published_before_it_signs_and_the_old_one_after()
    {
        await using var own = new TestServer();
        var client = await own.AddClientAsync();
        var tokens = new OAuth(own);
        var before = OAuth
            .HeaderOf((await tokens.GetTokensAsync(client, "openid"))["id_token"])
            .GetProperty("kid")
            .GetString();
        var published = await KidsAsync(own);

        await own.WithAsync<IKeyStore, SigningKey>(keys =>
            keys.RotateAsync(own.Time.GetUtcNow(), CancellationToken.None));
        own.Services.GetRequiredService<TenantCache>().Invalidate();
        var after = OAuth
            .HeaderOf((await tokens.GetTokensAsync(client, "openid"))["id_token"])
            .GetProperty("kid")
            .GetString();

        Assert.NotEqual(before, after);
        Assert.Contains(after, published);
        Assert.Contains(before, await KidsAsync(own));
        Assert.Equal(6, (await KidsAsync(own)).Count);
    }

    [Fact]
    public async Task Anybodys_script_may_read_the_documents()
    {
        var message = new HttpRequestMessage(HttpMethod.Get, "/.well-known/jwks.json")
        {
            Headers = { { "Origin", "https://anywhere.example" } },
        };

        Assert.Equal(["*"], (await oauth.SendAsync(message)).Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("https://login.example.com", "https://login.example.com/")]
    [InlineData("https://login.example.com/", "https://login.example.com/")]
    [InlineData("http://localhost:3000", "http://localhost:3000/")]
    public void An_issuer_is_an_origin_with_a_slash(string text, string issuer)
    {
        Assert.Equal(issuer, Issuer.TryParse(text)?.Value);
        Assert.Null(Issuer.TryParse(issuer + "path"));
        Assert.Null(Issuer.TryParse("ftp://login.example.com/"));
    }

    private async Task<Answer> GetAsync(string path) =>
        await oauth.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    private static async Task<List<string?>> KidsAsync(TestServer own)
    {
        using var http = own.NewHttp();
        using var document = JsonDocument.Parse(await http.GetStringAsync("/.well-known/jwks.json"));
        return
        [
            .. document
                .RootElement.GetProperty("keys")
                .EnumerateArray()
                .Select(key => key.GetProperty("kid").GetString()),
        ];
    }
}
