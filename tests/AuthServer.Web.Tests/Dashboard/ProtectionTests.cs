using System.Net;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Startup;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>Blocks and limits in the dashboard.</summary>
public sealed class ProtectionTests : IAsyncLifetime
{
    private const string Path = "/dashboard/protection";
    private const string Ip = "203.0.113.7";
    private readonly TestServer server = new();
    private User user = null!;

    public async ValueTask InitializeAsync()
    {
        user = await server.AddUserAsync("grace@example.com", DashboardSession.Password);
        await server.BlockAsync(LoginRules.AccountFromAddress(user.UserId, Ip));
        await server.BlockAsync(LoginRules.AccountFromUnknownAddresses(user.UserId));
        await server.BlockAsync(LoginRules.AccountFromAddress(LoginRules.UnknownAccount("ada@example.com"), Ip));
        await server.BlockAsync(LoginRules.Address("2001:db8::/64"));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Blocks_are_listed_and_lifted_and_that_is_recorded()
    {
        using var browser = await server.OpenDashboardAsync(Path);
        Assert.Contains("grace@example.com", browser.Text, StringComparison.Ordinal);
        Assert.Contains("refused from " + Ip, browser.Text, StringComparison.Ordinal);
        Assert.Contains("2001:db8::/64", browser.Text, StringComparison.Ordinal);
        Assert.False(browser.Has("lift-account-1") || browser.Has("lift-address-1"));

        await browser.ClickAsync("lift-account-0");
        Assert.True(browser.Has("done"), browser.Text);
        await browser.ClickAsync("lift-address-0");
        Assert.DoesNotContain("grace@example.com", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2001:db8", browser.Text, StringComparison.Ordinal);
        var api = ManagementScenario.On(server);
        Assert.Empty((await api.GetAsync($"user-blocks/{user.UserId}"))["blocked_for"]!.AsArray());
        Assert.Equal(404, (await api.GetAsync("anomaly/blocks/ips/2001:db8::1")).Status);
        var events = await server.WithAsync<AuthDbContext, List<string?>>(
            db => db.LogEvents.Where(e => e.Type == "sapi").Select(e => e.Description).ToListAsync());
        Assert.Contains("DELETE /api/v2/user-blocks/{id}", events);
        Assert.Contains("DELETE /api/v2/anomaly/blocks/ips/{id}", events);
    }

    [Fact]
    public async Task Each_list_and_each_button_takes_its_permission()
    {
        using var viewer = await server.OpenDashboardAsViewerAsync(Path);
        Assert.Contains("grace@example.com", viewer.Text, StringComparison.Ordinal);
        Assert.False(viewer.Has("lift-account-0") || viewer.Has("lift-address-0"));
        foreach (var (handler, id) in new[] { ("User", user.UserId), ("Address", "2001:db8::/64") })
        {
            var status = await server.PostAsync(viewer, $"{Path}?handler={handler}", null, ("id", id));
            Assert.Equal(HttpStatusCode.Forbidden, status);
        }

        Assert.Equal(4, await server.WithAsync<AuthDbContext, int>(db => db.LoginCounters.CountAsync()));

        using var other = await server.OpenDashboardWithAsync("read:anomaly_blocks");
        await other.OpenAsync(Path);
        Assert.False(other.Has("accounts"));
        Assert.Contains("2001:db8::/64", other.Text, StringComparison.Ordinal);

        using var third = await server.OpenDashboardWithAsync("read:attack_protection", "read:logs");
        var entry = third.Page.QuerySelector($"nav a[href='{Path}']")!.GetAttribute("href")!;
        await third.OpenAsync(entry);
        Assert.Equal(Path + "/limits", third.Url.AbsolutePath);
    }

    /// <summary>A setting that no property reads would be a promise that nothing keeps.</summary>
    [Fact]
    public async Task Limits_name_settings_that_there_are()
    {
        using var browser = await server.OpenDashboardAsViewerAsync(Path + "/limits");
        var settings = browser.Page.QuerySelectorAll("td code").Select(cell => cell.TextContent.Split("__")).ToList();

        Assert.Equal(9, settings.Count);
        Assert.All(settings, setting => Assert.NotNull(
            typeof(ServerOptions).GetProperty(setting[1])!.PropertyType.GetProperty(setting[2])));
        Assert.Contains("100 in 1 hour", browser.Text, StringComparison.Ordinal);
    }
}
