using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Clients;

/// <summary>
/// One server for the journeys of a class, and a way to run them: the scripts of <c>tests/clients</c>, each with an
/// unmodified SDK.
/// </summary>
public sealed class ClientJourneys : IAsyncLifetime
{
    private SdkTestEnvironment? world;

    public async ValueTask InitializeAsync() => world = await SdkTestEnvironment.StartAsync();

    public ValueTask DisposeAsync() => world?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>
    /// Passes when the script checked all its facts; else its output is the message, with the server's last log lines.
    /// </summary>
    public async Task RunAsync(string script)
    {
        world!.Log.Clear();
        var run = await NodeScripts.RunAsync(script, world.Environment);
        if (run.ExitCode != 0)
            Assert.Fail(
                $"tests/clients/{script} ended with "
                    + $"{(run.ExitCode is { } code ? $"{code}" : "no exit code")}.\n\n"
                    + $"{run.Output}\nThe server's log:\n{world.Log}");
        Assert.Contains("ok  ", run.Output, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(run.Output);
    }
}
