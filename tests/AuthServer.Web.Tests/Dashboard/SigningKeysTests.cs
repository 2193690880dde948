using System.Net;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>Signing keys in the dashboard.</summary>
public sealed class SigningKeysTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    private const string Path = "/dashboard/signing-keys";

    [Fact]
    public async Task They_are_rotated_and_revoked_knowing_what_stops_working()
    {
        var browser = dashboard.Browser;
        var (token, current, next) = (
            await dashboard.Api.TokenAsync(), await KidAsync("current"), await KidAsync("next"));
        await browser.OpenAsync(Path);
        await browser.ClickAsync("rotate");
        Assert.True(browser.Has("done"), browser.Text);
        Assert.Equal((next, current), (await KidAsync("current"), await KidAsync("previous")));

        await browser.ClickAsync("revoke-" + current);
        Assert.Contains("stop working", browser.Page.GetElementById("effect")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(200, (await dashboard.Api.SendAsync(HttpMethod.Get, "clients", token: token)).Status);
        await browser.ClickAsync("revoke-confirm");
        Assert.Equal(401, (await dashboard.Api.SendAsync(HttpMethod.Get, "clients", token: token)).Status);
        Assert.False(browser.Has("revoke-" + current), browser.Text);
        await browser.OpenAsync("/dashboard/logs?what=changes");
        Assert.Contains("Signing key changed", browser.Text, StringComparison.Ordinal);

        async Task<string> KidAsync(string state) => (string)(await dashboard.Api.GetAsync("keys/signing")).List
            .Single(key => (bool)key![state]!)!["kid"]!;
    }

    [Fact]
    public async Task A_viewer_sees_them_and_turns_nothing()
    {
        var viewer = dashboard.Viewer;
        await viewer.OpenAsync(Path);

        Assert.Equal((HttpStatusCode.OK, false), (viewer.Status, viewer.Has("rotate")));
        Assert.Empty(viewer.Page.QuerySelectorAll("[id^=revoke-]"));
        Assert.Equal(HttpStatusCode.Forbidden, await dashboard.Server.PostAsync(viewer, Path, site: null));
    }

    [Fact]
    public async Task They_take_a_login_of_the_last_hour()
    {
        await using var server = new TestServer();
        using var browser = await server.OpenDashboardAsync(Path);
        server.Time.Advance(TimeSpan.FromMinutes(40));
        await browser.OpenAsync(Path);
        var submission = browser.Submission("rotate");
        server.Time.Advance(TimeSpan.FromMinutes(40));
        await browser.OpenAsync(Path);

        Assert.Equal((true, false), (browser.Has("sign-in-again"), browser.Has("rotate")));
        using var http = server.NewHttp();
        using var answer = await http.SendAsync(submission());
        Assert.Equal(4, (await browser.OpenAsync(Path)).Page.QuerySelectorAll("[id^=revoke-]").Length);
    }
}
