using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>A server that the tests of a class share, with an administrator and a viewer who are signed in.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    public TestServer Server { get; } = new();

    /// <summary>Of the administrator of the first start.</summary>
    public Browser Browser { get; private set; } = null!;

    public Browser Viewer { get; private set; } = null!;

    /// <summary>Asks the Management API with every scope.</summary>
    public ManagementScenario Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Browser = await Server.OpenDashboardAsync();
        Viewer = await Server.OpenDashboardAsViewerAsync();
        Api = ManagementScenario.On(Server);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        Viewer.Dispose();
        await Api.DisposeAsync();
    }
}
