using System.Net;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Http;

/// <summary>CVE-2023-49097: no header of a request decides under which issuer it is answered.</summary>
public sealed class ForgedHostTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string Evil = "evil.example";
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Theory]
    [InlineData("GET", "/.well-known/openid-configuration")]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/.well-known/jwks.json")]
    [InlineData("GET", "/authorize?client_id=nobody")]
    [InlineData("GET", "/authorize/resume?state=forged")]
    [InlineData("POST", "/authorize")]
    [InlineData("POST", "/oauth/par")]
    [InlineData("POST", "/oauth/token")]
    [InlineData("POST", "/oauth/introspect")]
    [InlineData("POST", "/oauth/revoke")]
    [InlineData("POST", "/oidc/register")]
    [InlineData("GET", "/userinfo")]
    [InlineData("GET", "/oidc/logout")]
    [InlineData("GET", "/v2/logout")]
    [InlineData("GET", "/api/v2/clients")]
    public async Task No_endpoint_repeats_a_forged_host(string method, string path)
    {
        using var http = server.NewHttp();
        using var response = await http.SendAsync(Forged(new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = method == "POST" ? new FormUrlEncodedContent([new("client_id", "nobody")]) : null,
        }));

        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain(Evil, response.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Evil, await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_code_under_a_forged_host_comes_from_the_issuer()
    {
        var client = await server.AddClientAsync();
        var request = OAuth.RequestOf(client);
        using var http = server.NewHttp();
        using var message = new HttpRequestMessage(
            HttpMethod.Get, Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/authorize", request));
        message.Headers.Add("Cookie", "sid=" + await server.StartSessionAsync());

        using var response = await http.SendAsync(Forged(message));

        Assert.Equal(server.Issuer.Value, OAuth.Redirected(response)["iss"]);
    }

    [Fact]
    public async Task Tokens_under_a_forged_host_are_of_the_issuer_and_for_its_userinfo()
    {
        var client = await server.AddClientAsync();
        var message = new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "authorization_code"),
                new("client_id", client.ClientId),
                new("client_secret", TestData.Secret),
                new("code", await oauth.CodeAsync(client)),
                new("redirect_uri", client.Callbacks[0]),
                new("code_verifier", OAuth.Verifier),
            ]),
        };

        var tokens = await oauth.SendAsync(Forged(message));

        Assert.Equal(server.Issuer.Value, OAuth.ClaimsOf(tokens["id_token"]).GetProperty("iss").GetString());
        Assert.Equal(HttpStatusCode.OK, (await oauth.UserInfoAsync(tokens["access_token"])).Status);
    }

    private static HttpRequestMessage Forged(HttpRequestMessage message)
    {
        message.Headers.Host = Evil;
        foreach (var header in (string[])["X-Forwarded-Host", "X-Original-Host", "Forwarded"])
            message.Headers.TryAddWithoutValidation(header, header == "Forwarded" ? "host=" + Evil : Evil);
        return message;
    }
}
