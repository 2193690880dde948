using System.Text.Json;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Logs;

/// <summary>Standard output of a server process.</summary>
public sealed class LogOutputTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_line_feed_in_a_path_does_not_start_a_line(string environment)
    {
        var lines = await LinesOfAsync(environment, "/before%0D%0Aforged");

        Assert.Contains(lines, line => line.Contains("/before%0D%0Aforged", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("forged", StringComparison.Ordinal));
    }

    /// <summary>Also by a formatter of the operator's own, which escapes nothing.</summary>
    [Fact]
    public async Task A_line_feed_in_a_parameter_does_not_start_a_line_whatever_the_formatter()
    {
        var lines = await LinesOfAsync("Production", "/authorize?client_id=before%0D%0Aforged", new()
        {
            ["Serilog__Using__0"] = "Serilog.Sinks.Console",
            ["Serilog__WriteTo__0__Name"] = "Console",
            ["Serilog__WriteTo__0__Args__outputTemplate"] = "plain {Message:lj}{NewLine}",
        });

        Assert.Contains(lines, line => line.StartsWith("plain Refused /authorize", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("forged", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task The_parameters_of_an_authorization_request_are_not_logged(string environment)
    {
        var lines = await LinesOfAsync(environment, "/authorize?client_id=nobody&state=a-state-of-the-client");

        Assert.Contains(lines, line => line.Contains("/authorize", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("a-state-of-the-client", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_production_the_line_of_a_request_is_a_JSON_object_with_the_id_of_the_request()
    {
        var lines = await LinesOfAsync("Production", "/somewhere");

        using var line = JsonDocument.Parse(
            Assert.Single(lines, line => line.Contains("/somewhere", StringComparison.Ordinal)));
        var properties = line.RootElement.GetProperty("Properties");
        Assert.Equal("Information", line.RootElement.GetProperty("Level").GetString());
        Assert.Equal("/somewhere", properties.GetProperty("RequestPath").GetString());
        Assert.Equal(404, properties.GetProperty("StatusCode").GetInt32());
        Assert.NotEmpty(properties.GetProperty("RequestId").GetString()!);
    }

    /// <returns>All that a server wrote from its start to its end, with one request between.</returns>
    private async Task<string[]> LinesOfAsync(
        string environment, string path, Dictionary<string, string>? more = null)
    {
        var settings = new Dictionary<string, string>(more ?? [], StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = environment,
            ["AuthServer__Issuer"] = "https://login.example.com/",
            ["AuthServer__DrainSeconds"] = "0",
        };
        await using var server = await ServerProcess.StartAsync(directory.Path, ServerProcess.FreePort(), settings);
        using var http = new HttpClient();
        await http.GetAsync(server.Address + path);
        server.Terminate();
        await server.UntilExitAsync();
        return server.Output.Split(Environment.NewLine);
    }
}
