using System.Net;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

/// <summary>docs/operations.md: a server that is told to stop lets everybody finish.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_server_that_was_told_to_stop_answers_on_and_says_that_it_leaves()
    {
        var directory = Directory.CreateTempSubdirectory("authserver-drain-").FullName;
        await using var server = await ServerProcess.StartAsync(directory, ServerProcess.FreePort(), new Dictionary<string, string>(StringComparer.Ordinal) { ["AuthServer__DrainSeconds"] = "5" });
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };

        server.Terminate();
        HttpResponseMessage ready;
        do
            ready = await http.GetAsync("/readyz");
        while (ready.StatusCode == HttpStatusCode.OK);
        using var served = await http.GetAsync("/.well-known/openid-configuration");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal((HttpStatusCode.OK, true), (served.StatusCode, served.Headers.ConnectionClose));
        Assert.Equal(0, await server.UntilExitAsync());
        Directory.Delete(directory, recursive: true);
    }
}
