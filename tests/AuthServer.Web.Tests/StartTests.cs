using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task A_start_on_an_empty_directory_answers()
    {
        await using var server = new TestServer();
        using var http = server.NewHttp();

        using var answer = await http.GetAsync("/nothing-here");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }
}
