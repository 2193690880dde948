using System.Net;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Registration;

/// <summary>RFC 7591 §5: metadata that would harm users. The error names the member at fault.</summary>
public sealed class RefusedMetadataTests(RegistrationScenario scenario) : IClassFixture<RegistrationScenario>
{
    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("javascript://app.example/%0aalert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("blob:https://app.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("about:blank")]
    [InlineData("http://app.example/cb")]
    [InlineData("http://127.0.0.1.evil.example/cb")]
    [InlineData("http://127.1/cb")]
    [InlineData("http://2130706433/cb")]
    [InlineData("http://127.0.0.1@evil.example/cb")]
    [InlineData("https://app.example/cb#x")]
    [InlineData("https://*.app.example/cb")]
    [InlineData("https://user:pass@app.example/cb")]
    [InlineData("https://app.example/cb?code=1")]
    [InlineData("https:///cb")]
    [InlineData("//app.example/cb")]
    [InlineData("/cb")]
    [InlineData("")]
    [InlineData("myapp://cb")]
    [InlineData("urn:ietf:wg:oauth:2.0:oob")]
    public async Task A_redirect_uri_of_this_kind(string uri)
    {
        var answer = await scenario.RegisterAsync($$"""{"redirect_uris":["https://app.example/good","{{uri}}"]}""");

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_redirect_uri"), (answer.Status, answer.Error));
        Assert.StartsWith("redirect_uris ", answer["error_description"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"redirect_uris\":[]}")]
    [InlineData("{\"redirect_uris\":null}")]
    [InlineData("{\"redirect_uris\":\"https://app.example/cb\"}")]
    [InlineData("{\"redirect_uris\":[1]}")]
    public async Task No_redirect_uris_at_all(string body) =>
        Assert.Equal("invalid_redirect_uri", (await scenario.RegisterAsync(body)).Error);

    [Theory]
    [InlineData("client_name", "12")]
    [InlineData("client_name", "\"a\\nb\"")]
    [InlineData("client_name", "\"\\u202egnp.exe\"")]
    [InlineData("client_name", "\"a\\u200bb\"")]
    [InlineData("client_name", "\"   \"")]
    [InlineData("post_logout_redirect_uris", "[\"javascript:alert(1)\"]")]
    [InlineData("post_logout_redirect_uris", "[\"data:text/html,x\"]")]
    [InlineData("post_logout_redirect_uris", "\"https://app.example/\"")]
    [InlineData("logo_uri", "\"javascript:alert(1)\"")]
    [InlineData("logo_uri", "\"http://169.254.169.254/latest\"")]
    [InlineData("client_uri", "\"data:text/html,x\"")]
    [InlineData("policy_uri", "\"ftp://app.example/\"")]
    [InlineData("tos_uri", "\"javascript:alert(1)\"")]
    [InlineData("initiate_login_uri", "\"http://app.example/start\"")]
    [InlineData("jwks_uri", "\"http://169.254.169.254/jwks\"")]
    [InlineData("jwks_uri", "\"http://0/\"")]
    [InlineData("jwks_uri", "\"file:///etc/passwd\"")]
    [InlineData("sector_identifier_uri", "\"http://169.254.169.254/\"")]
    [InlineData("grant_types", "[\"password\"]")]
    [InlineData("grant_types", "[\"authorization_code\",\"client_credentials\"]")]
    [InlineData("grant_types", "[\"urn:ietf:params:oauth:grant-type:token-exchange\"]")]
    [InlineData("grant_types", "[\"nonsense\"]")]
    [InlineData("grant_types", "[\"implicit\"]")]
    [InlineData("grant_types", "\"authorization_code\"")]
    [InlineData("response_types", "[\"nonsense\"]")]
    [InlineData("token_endpoint_auth_method", "\"tls_client_auth\"")]
    [InlineData("token_endpoint_auth_method", "[\"none\"]")]
    [InlineData("id_token_signed_response_alg", "\"none\"")]
    [InlineData("subject_type", "\"nonsense\"")]
    [InlineData("application_type", "\"desktop\"")]
    [InlineData("contacts", "[\"\"]")]
    [InlineData("contacts", "{}")]
    [InlineData("default_max_age", "-1")]
    [InlineData("default_max_age", "1.5")]
    [InlineData("default_max_age", "\"1\"")]
    [InlineData("require_auth_time", "\"yes\"")]
    [InlineData("jwks", "[]")]
    [InlineData("jwks", "{}")]
    [InlineData("jwks", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}")]
    [InlineData("jwks", "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}")]
    public async Task A_member_of_this_kind(string member, string json)
    {
        var answer = await scenario.RegisterAsync(
            $$"""{"redirect_uris":["https://app.example/cb"],"{{member}}":{{json}}}"""
        );

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_client_metadata"), (answer.Status, answer.Error));
        Assert.StartsWith(member + " ", answer["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_name_and_too_many_uris()
    {
        Assert.Contains(
            "client_name",
            (
                await scenario.RegisterAsync(
                    $$"""{"redirect_uris":["https://app.example/cb"],"client_name":"{{new string('a', 10_000)}}"}"""
                )
            )["error_description"],
            StringComparison.Ordinal);
        var many = string.Join(',', Enumerable.Range(0, 101).Select(n => $"\"https://app.example/{n}\""));
        Assert.Equal(
            "invalid_redirect_uri", (await scenario.RegisterAsync($$"""{"redirect_uris":[{{many}}]}""")).Error);
    }

    [Fact]
    public async Task Members_that_contradict_each_other_are_refused()
    {
        Assert.Equal("invalid_client_metadata", await ErrorAsync("\"token_endpoint_auth_method\":\"private_key_jwt\""));
        Assert.Equal(
            "invalid_client_metadata",
            await ErrorAsync("\"response_types\":[\"id_token token\"],\"grant_types\":[\"authorization_code\"]"));
        Assert.Equal(
            "invalid_client_metadata",
            await ErrorAsync("\"response_types\":[\"code\"],\"grant_types\":[\"refresh_token\"]"));
        Assert.Null(await ErrorAsync("\"response_types\":[\"token id_token\",\"code\"]"));

        async Task<string?> ErrorAsync(string members) =>
            (await scenario.RegisterAsync($$"""{"redirect_uris":["https://app.example/cb"],{{members}}}""")).Error;
    }

    [Fact]
    public async Task A_refused_registration_is_not_stored()
    {
        var before = await scenario.CountAsync();
        await scenario.RegisterAsync("""{"redirect_uris":["javascript:alert(1)"]}""");

        Assert.Equal(before, await scenario.CountAsync());
    }
}
