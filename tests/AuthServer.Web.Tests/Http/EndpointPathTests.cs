using System.Net;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Http;

/// <summary>
/// The routes that give an endpoint its methods, limits and CORS policy match all paths that OpenIddict answers.
/// </summary>
public sealed class EndpointPathTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;

    [Fact]
    public async Task Another_spelling_of_the_path_has_the_same_limit()
    {
        await using var limited = new TestServer(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AuthServer:RateLimits:Enabled"] = "true",
            ["AuthServer:RateLimits:TokenPerMinute"] = "3",
        });
        var oauth = new OAuth(limited);

        var statuses = new List<HttpStatusCode>();
        foreach (var path in (string[])["/oauth/token", "/OAuth/Token", "/oauth/token/", "/OAUTH/TOKEN/"])
        {
            var answer = await oauth.PostAsync(path, ("grant_type", "client_credentials"), ("client_id", "nobody"));
            statuses.Add(answer.Status);
        }

        Assert.All(statuses[..^1], status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Theory]
    [InlineData("/OAuth/Token")]
    [InlineData("/oauth/token/")]
    public async Task Another_spelling_of_the_path_has_the_same_cors_policy(string path)
    {
        var client = await server.AddPublicClientAsync(c => c.WebOrigins = ["https://spa.example"]);
        using var message = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Headers = { { "Origin", "https://spa.example" } },
            Content = new FormUrlEncodedContent([new("client_id", client.ClientId)]),
        };

        var answer = await new OAuth(server).SendAsync(message);

        Assert.Equal(["https://spa.example"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("GET", "/oauth/token")]
    [InlineData("PUT", "/oauth/token")]
    [InlineData("GET", "/oauth/par")]
    [InlineData("DELETE", "/userinfo")]
    [InlineData("POST", "/.well-known/jwks.json")]
    [InlineData("PUT", "/authorize")]
    [InlineData("POST", "/authorize/resume")]
    public async Task Another_method_is_405(string method, string path)
    {
        using var http = server.NewHttp();
        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }
}
