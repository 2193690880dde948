using System.Net;
using AuthServer.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Http;

/// <summary>ASVS 3.4: the headers of every answer, found by walking the routes.</summary>
public sealed class SecurityHeaderTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;

    public static TheoryData<string> Paths =>
        new(
            "/", "/guide", "/nothing-here", "/authorize", "/authorize?client_id=x", "/oauth/token", "/userinfo",
            "/oidc/logout", "/v2/logout", "/u/login", "/u/signup", "/u/consent", "/u/logout", "/u/error",
            "/api/v2/clients", "/.well-known/openid-configuration", "/assets/site.css", "/healthz");

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_answer_is_guarded(string path)
    {
        using var http = server.NewHttp();
        http.DefaultRequestHeaders.Add("Accept", "text/html");

        using var answer = await http.GetAsync(path);

        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        if (answer.Headers.Contains("Set-Cookie"))
            Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_route_answers_a_method_that_it_does_not_have_with_success()
    {
        using var http = server.NewHttp();
        var paths = server
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(route => "/" + route.RoutePattern.RawText?.TrimStart('/'))
            .Where(path => !path.Contains('{', StringComparison.Ordinal))
            .Distinct()
            .ToList();
        Assert.True(paths.Count > 20);

        foreach (var path in paths)
        {
            using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Trace, path));
            Assert.True(
                answer.StatusCode
                    is HttpStatusCode.MethodNotAllowed
                        or HttpStatusCode.Unauthorized
                        or HttpStatusCode.NotFound,
                $"TRACE {path}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task No_text_reveals_internals()
    {
        using var http = server.NewHttp();
        foreach (var path in (string[])
                [
                    "/authorize?client_id=%00", "/authorize?max_age=%FF", "/userinfo?%FF", "/api/v2/clients/%2e%2e",
                    "/authorize/resume?state=%F0%9F", "/u/login?state=%F0",
                ])
        {
            using var answer = await http.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode < 500, path);
            foreach (var leak in (string[])["Exception", "   at ", "SQLite", "/src/"])
                Assert.DoesNotContain(leak, text, StringComparison.Ordinal);
        }
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        Assert.Single(answer.Headers.GetValues(name));
}
