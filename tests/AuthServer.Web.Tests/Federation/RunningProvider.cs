using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Federation;

/// <summary>One server and one provider for the tests of a class.</summary>
public sealed class RunningProvider : IAsyncLifetime
{
    public ProviderScenario Scenario { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Scenario = await ProviderScenario.StartAsync();

    public ValueTask DisposeAsync() => Scenario.DisposeAsync();
}
