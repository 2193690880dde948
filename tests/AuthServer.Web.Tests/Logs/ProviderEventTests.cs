using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Tests.Federation;

namespace AuthServer.Web.Tests.Logs;

/// <summary>Logins at identity providers.</summary>
public sealed class ProviderEventTests(RunningProvider running) : IClassFixture<RunningProvider>, IAsyncLifetime
{
    private readonly ProviderScenario scenario = running.Scenario;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        await scenario.ResetAsync();
        browser = new Browser(scenario.Server);
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_login_names_the_connection_and_a_blocked_user_is_a_failed_one()
    {
        var login = Assert.Single(await scenario.Server.EventsOfAsync(() => scenario.SignInWithProviderAsync(browser)));
        Assert.Equal(
            ("s", "corp", "oidc|corp|grace", scenario.Client.ClientId),
            (login.Type, login.Connection, login.UserId, login.ClientId));
        Assert.StartsWith("con_", login.ConnectionId, StringComparison.Ordinal);

        await scenario.Server.ChangeAsync<User>(u => u.UserId == "oidc|corp|grace", u => u.Blocked = true);
        using var other = new Browser(scenario.Server);
        var refused = Assert.Single(await scenario.Server.EventsOfAsync(() => scenario.SignInWithProviderAsync(other)));
        Assert.Equal(("f", "user is blocked", "oidc|corp|grace"), (refused.Type, refused.Description, refused.UserId));
    }

    [Fact]
    public async Task A_refusal_of_the_provider_is_a_failed_login()
    {
        var left = await scenario.LeaveAsync(browser);
        var state = ProviderScenario.QueryOf(left)["state"];

        var failed = Assert.Single(
            await scenario.Server.EventsOfAsync(() =>
                browser.OpenAsync("/login/callback?error=access_denied&state=" + state)));

        Assert.Equal(("f", "corp"), (failed.Type, failed.Connection));
    }
}
