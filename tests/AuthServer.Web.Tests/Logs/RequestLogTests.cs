using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Logs;

/// <summary>docs/operations.md: the server's log has one line for each request, and nothing secret in it.</summary>
public sealed class RequestLogTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private HttpClient http = null!;

    public ValueTask InitializeAsync()
    {
        http = server.NewHttp();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_line_of_a_request_has_its_method_path_and_status_and_not_its_query()
    {
        await http.GetAsync("/authorize?client_id=nobody&state=a-state-of-the-client");

        var log = server.Log.ToString();
        Assert.Contains("HTTP \"GET\" \"/authorize\" responded 400 in ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("a-state-of-the-client", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/jwks.json")]
    public async Task Documents_and_health_probes_are_not_logged(string path)
    {
        await http.GetAsync(path);
        await http.GetAsync("/the-next-request");

        Assert.Contains("/the-next-request", server.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(path, server.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_request_for_a_document_is_logged()
    {
        await http.PostAsync("/.well-known/jwks.json", content: null);
        await http.GetAsync("/the-next-request");

        Assert.Contains(
            "\"POST\" \"/.well-known/jwks.json\" responded 405", server.Log.ToString(), StringComparison.Ordinal);
    }
}
