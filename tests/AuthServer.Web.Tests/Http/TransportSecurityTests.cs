using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Http;

/// <summary>RFC 6797.</summary>
public sealed class TransportSecurityTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("false", "max-age=31536000")]
    [InlineData("true", "max-age=31536000; includeSubDomains; preload")]
    public async Task Other_hosts_are_included_where_the_operator_says_so(string others, string expected)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["AuthServer__Issuer"] = "https://login.example.com/",
            ["AuthServer__DrainSeconds"] = "0",
            ["AuthServer__Hsts__IncludeSubDomains"] = others,
            ["AuthServer__Hsts__Preload"] = others,
        };
        await using var server = await ServerProcess.StartAsync(directory.Path, ServerProcess.FreePort(), settings);
        using var http = new HttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Get, server.Address + "/healthz");
        message.Headers.Host = "login.example.com";

        using var answer = await http.SendAsync(message);

        Assert.Equal(expected, answer.Headers.GetValues("Strict-Transport-Security").Single());
    }
}
