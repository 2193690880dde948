using System.Net;
using System.Net.Http.Headers;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Http;

/// <summary>RFC 9110 §9.3.2: HEAD is answered wherever GET is, with the same headers and without a body.</summary>
public sealed class HeadTests
{
    private static readonly string[] Paths =
    [
        "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/.well-known/jwks.json",
        "/.well-known/jwks.json/", "/healthz", "/readyz", "/", "/u/login", "/assets/site.css", "/authorize",
        "/userinfo", "/oidc/logout", "/v2/logout", "/api/v2/clients", "/api/v2/tenants/settings", "/api/v2/nothing",
        "/oauth/token", "/nothing",
    ];

    /// <summary>Headers whose values do not change from one response to the next.</summary>
    private static readonly string[] Stable = ["Allow", "Cache-Control", "Content-Type", "Vary"];

    [Fact]
    public async Task HEAD_has_the_status_and_headers_of_GET_and_no_body()
    {
        await using var server = new TestServer(overTls: true);
        foreach (var version in (string[])["1.1", "2.0"])
        {
            using var http = NewHttp(server, version);
            var token = await http.GetManagementTokenAsync(server.Issuer.Value);
            foreach (var path in Paths)
                await CompareAsync(http, path, token);
        }
    }

    private static async Task CompareAsync(HttpClient http, string path, string token)
    {
        using var get = await SendAsync(http, HttpMethod.Get, path, token);
        using var head = await SendAsync(http, HttpMethod.Head, path, token);

        Assert.Equal((path, get.StatusCode), (path, head.StatusCode));
        Assert.True(head.StatusCode == HttpStatusCode.OK || !IsPublic(path), path);
        Assert.Equal((path, HeadersOf(get)), (path, HeadersOf(head)));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    private static bool IsPublic(string path) =>
        path.StartsWith("/.well-known/", StringComparison.Ordinal) || path is "/healthz" or "/readyz";

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, HttpMethod method, string path, string token)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Version = http.DefaultRequestVersion,
            VersionPolicy = http.DefaultVersionPolicy,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }

    /// <summary>Without how a body is framed; the values only of <see cref="Stable"/> headers.</summary>
    private static string HeadersOf(HttpResponseMessage response) => string.Join('\n', response.Headers
        .Concat(response.Content.Headers)
        .Where(header => header.Key is not ("Date" or "Transfer-Encoding" or "Content-Length"))
        .Select(header => Stable.Contains(header.Key) ? $"{header.Key}: {string.Join(", ", header.Value)}" : header.Key)
        .Order(StringComparer.Ordinal));

    /// <summary>Over TLS, which both versions of HTTP need.</summary>
    private static HttpClient NewHttp(TestServer server, string version)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(server.Issuer.Value),
            DefaultRequestVersion = Version.Parse(version),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }
}
