using System.Net;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Registration;

/// <summary>RFC 7591: any client may register, and the response has the stored values.</summary>
public sealed class RegistrationTests(RegistrationScenario scenario) : IClassFixture<RegistrationScenario>
{
    private const string Callbacks =
        "\"redirect_uris\":[\"https://application.example.com/callback\","
        + "\"https://application.example.com/callback2\"]";

    [Fact]
    public async Task The_call_of_the_documents_works_as_written()
    {
        var answer = await scenario.RegisterAsync("{\"client_name\":\"My Dynamic Application\"," + Callbacks + "}");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("My Dynamic Application", answer["client_name"]);
        Assert.Matches("^[A-Za-z0-9]{32}$", answer["client_id"]);
        Assert.Matches("^[A-Za-z0-9]{64}$", answer["client_secret"]);
        Assert.Equal("0", answer["client_secret_expires_at"]);
        Assert.Equal(
            scenario
                .Server.Time.GetUtcNow()
                .ToUnixTimeSeconds()
                .ToString(System.Globalization.CultureInfo.InvariantCulture),
            answer["client_id_issued_at"]);
        Assert.Equal(
            "[\"https://application.example.com/callback\",\"https://application.example.com/callback2\"]",
            answer.Json.GetProperty("redirect_uris").GetRawText());
        Assert.Equal("client_secret_post", answer["token_endpoint_auth_method"]);
        Assert.Equal("[\"authorization_code\",\"refresh_token\"]", answer.Json.GetProperty("grant_types").GetRawText());
        Assert.Equal("[\"code\"]", answer.Json.GetProperty("response_types").GetRawText());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain(answer.Json.EnumerateObject(), member => member.Value.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task The_flag_is_switched_by_the_documents_call_and_the_metadata_follows()
    {
        await using var management = new ManagementScenario();
        var oauth = new OAuth(management.Server);
        var off = await oauth.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/oidc/register") { Content = new StringContent("nonsense") });
        Assert.Equal((HttpStatusCode.NotFound, "endpoint_disabled"), (off.Status, off.Error));
        Assert.Null((await Metadata())["registration_endpoint"]);

        Assert.Equal(
            200,
            (
                await management.PatchAsync(
                    "tenants/settings",
                    """{ "flags": { "enable_dynamic_client_registration": true } }"""
                )).Status);

        Assert.Equal(management.Server.Issuer.At("/oidc/register"), (await Metadata())["registration_endpoint"]);
        var on = await oauth.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/oidc/register")
            {
                Content = new StringContent("{" + Callbacks + "}", null, "application/json"),
            });
        Assert.Equal(HttpStatusCode.Created, on.Status);

        Task<Answer> Metadata() =>
            oauth.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/.well-known/oauth-authorization-server"));
    }

    [Fact]
    public async Task A_public_client_has_no_secret_and_its_kind_follows_from_where_it_listens()
    {
        var answer = await scenario.RegisterAsync("{\"token_endpoint_auth_method\":\"none\"," + Callbacks + "}");
        Assert.False(answer.Json.TryGetProperty("client_secret", out _));
        Assert.Equal("none", answer["token_endpoint_auth_method"]);

        Assert.Equal(AppTypes.Spa, (await scenario.StoredAsync(answer["client_id"]!)).AppType);
        Assert.Equal(AppTypes.Native, (await scenario.PublicAsync("http://127.0.0.1:49152/cb")).AppType);
        Assert.Equal(AppTypes.Native, (await scenario.PublicAsync("com.example.app:/cb")).AppType);
        Assert.Equal(
            AppTypes.RegularWeb, (await scenario.ClientAsync(redirectUri: "http://localhost:3000/cb")).AppType);
    }

    [Theory]
    [InlineData("client_uri", "\"https://app.example/\"")]
    [InlineData("logo_uri", "\"https://app.example/logo.png\"")]
    [InlineData("policy_uri", "\"https://app.example/policy\"")]
    [InlineData("tos_uri", "\"https://app.example/tos\"")]
    [InlineData("contacts", "[\"ops@app.example\"]")]
    [InlineData("jwks_uri", "\"https://app.example/jwks.json\"")]
    [InlineData("id_token_signed_response_alg", "\"RS256\"")]
    [InlineData("subject_type", "\"public\"")]
    [InlineData("post_logout_redirect_uris", "[\"https://app.example/bye\"]")]
    [InlineData("default_max_age", "600")]
    [InlineData("require_auth_time", "true")]
    [InlineData("initiate_login_uri", "\"https://app.example/start\"")]
    [InlineData("grant_types", "[\"authorization_code\"]")]
    [InlineData("token_endpoint_auth_method", "\"client_secret_basic\"")]
    [InlineData("application_type", "\"native\"")]
    public async Task Honoured_members_are_echoed(string member, string json)
    {
        var answer = await scenario.RegisterAsync($$"""{{{Callbacks}},"{{member}}":{{json}}}""");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(json, answer.Json.GetProperty(member).GetRawText());
    }

    [Fact]
    public async Task Members_that_only_an_administrator_may_set_are_ignored()
    {
        var answer = await scenario.RegisterAsync(
            "{"
                + Callbacks
                + """
                ,"client_id":"auth0|0123456789abcdef01234567","client_secret":"mine-mine-mine-mine-mine-mine-mine-mine",
                "is_first_party":true,"skip_consent":true,"tenant":"other",
                "require_pkce":false,"refresh_token":{"leeway":60},"app_type":"non_interactive","name":"Admin",
                "callbacks":["https://evil.example/"],"scope":"read:users","third_party_security_mode":"none",
                "redirection_policy":"allow_always","self_registered":false,"client_metadata":{"a":"b"},
                "jwt_configuration":{"lifetime_in_seconds":2592000},"allowed_clients":["*"],
                "web_origins":["https://evil.example"]}
                """
        );

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Matches("^[A-Za-z0-9]{32}$", answer["client_id"]);
        Assert.Matches("^[A-Za-z0-9]{64}$", answer["client_secret"]);
        var stored = await scenario.StoredAsync(answer["client_id"]!);
        Assert.Equal(
            (false, true, "application.example.com", AppTypes.RegularWeb),
            (stored.IsFirstParty, stored.IsSelfRegistered, stored.Name, stored.AppType));
        Assert.Equal(RedirectionPolicies.OpenRedirectProtection, stored.RedirectionPolicy);
        Assert.Equal((0, 36_000), (stored.RefreshTokens.Leeway, stored.IdTokenLifetime));
        Assert.Empty(stored.WebOrigins);
        Assert.Empty(stored.Metadata);
        Assert.DoesNotContain("scope", answer.Json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Null_and_empty_texts_count_as_absent()
    {
        var answer = await scenario.RegisterAsync(
            "{" + Callbacks + ",\"client_name\":null,\"logo_uri\":\"\",\"tos_uri\":null,\"grant_types\":null}");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.False(answer.Json.TryGetProperty("logo_uri", out _));
        Assert.Equal("application.example.com", answer["client_name"]);
    }

    [Theory]
    [InlineData("text/plain", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(
        "application/x-www-form-urlencoded", "redirect_uris=https://a.example/", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "[]", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "null", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"redirect_uris\":[],\"redirect_uris\":[]}", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"client_name\":\"\\ud800\"}", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"client_name\":\"a\\u0000b\"}", HttpStatusCode.BadRequest)]
    public async Task Only_one_readable_JSON_object_is_taken(string contentType, string body, HttpStatusCode status)
    {
        var answer = await scenario.RegisterAsync(body, contentType);

        Assert.Equal(status, answer.Status);
        Assert.NotNull(answer.Error);
    }

    [Theory]
    [InlineData(16 * 1024, HttpStatusCode.BadRequest)]
    [InlineData((16 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task More_than_16_KiB_is_too_much(int size, HttpStatusCode status)
    {
        const string Body = "{\"client_name\":\"\"}";
        var name = new string('a', size - Body.Length);

        var answer = await scenario.RegisterAsync(Body.Insert(Body.Length - 2, name));

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("GET", "/oidc/register", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/oidc/register", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/oidc/register/{0}", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/oidc/register/{0}", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/oidc/register/{0}", HttpStatusCode.NotFound)]
    public async Task A_registration_can_not_be_changed_from_outside(string method, string path, HttpStatusCode status)
    {
        var client = await scenario.ClientAsync();

        Assert.Equal(
            status,
            (await scenario.GetAsync(
                    path.Replace("{0}", client.ClientId, StringComparison.Ordinal), new HttpMethod(method))).Status);
    }

    [Fact]
    public async Task Scripts_of_any_origin_may_register_and_then_ask_for_tokens()
    {
        var answer = await scenario.RegisterAsync(
            "{\"redirect_uris\":[\"https://inspector.example/cb\"]}", headers: ("Origin", "https://inspector.example"));
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));

        var token = new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
        {
            Headers = { { "Origin", "https://inspector.example" } },
        };
        Assert.Equal(
            ["https://inspector.example"],
            (await scenario.OAuth.SendAsync(token)).Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task The_owner_sees_and_changes_it()
    {
        await using var management = new ManagementScenario();
        await management.PatchAsync(
            "tenants/settings",
            """{ "flags": { "enable_dynamic_client_registration": true } }"""
        );
        var registered = await new OAuth(management.Server).SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/oidc/register")
            {
                Content = new StringContent(
                    "{" + Callbacks + ",\"tos_uri\":\"https://app.example/tos\",\"default_max_age\":60}",
                    null,
                    "application/json"),
            });
        var path = "clients/" + registered["client_id"];

        var seen = await management.GetAsync(path);
        Assert.Equal(
            ("https://app.example/tos", 60, true, false),
            (
                seen.Text("tos_uri"),
                seen["default_max_age"]!.GetValue<int>(),
                seen["self_registered"]!.GetValue<bool>(),
                seen["is_first_party"]!.GetValue<bool>()));
        var changed = await management.PatchAsync(
            path,
            """
            {"tos_uri":null,"contacts":["a@b.example"],"redirection_policy":"allow_always",
            "third_party_security_mode":"strict","response_types":["code"]}
            """
        );
        Assert.Equal(
            (200, "allow_always", "strict"),
            (changed.Status, changed.Text("redirection_policy"), changed.Text("third_party_security_mode")));
        Assert.Null(changed["tos_uri"]);
        Assert.Equal(
            400,
            (
                await management.PatchAsync(
                    path,
                    """{"jwks":{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}]}}"""
                )).Status);
        Assert.Equal(400, (await management.PatchAsync(path, """{"policy_uri":"javascript:alert(1)"}""")).Status);
    }
}
