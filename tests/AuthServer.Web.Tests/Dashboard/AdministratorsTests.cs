using System.Net;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>The settings of the dashboard about tokens and administrators.</summary>
public sealed class AdministratorsTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    private const string Path = "/dashboard/settings/administrators";

    private readonly Browser browser = dashboard.Browser;

    [Fact]
    public async Task One_is_added_by_a_search_with_a_role_and_removed_after_a_question()
    {
        var grace = await dashboard.Server.AddUserAsync("grace@example.com", DashboardSession.Password);
        await browser.OpenAsync(Path);
        Assert.DoesNotContain("grace@example.com", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync(Path + "?q=grace");
        var viewer = browser.Page.QuerySelectorAll("#role-0 option").Single(o => o.TextContent == "Viewer");
        await browser.Fill("role", viewer.GetAttribute("value")!).ClickAsync("add-0");

        Assert.True(browser.Has("done"), browser.Text);
        var removal = browser.Page.QuerySelector($"a[data-user='{grace.UserId}']")!.GetAttribute("href")!;
        Assert.Equal("Viewer", Assert.Single(await RolesAsync()));
        using var theirs = await dashboard.Server.OpenDashboardAsync(grace.Email!, DashboardSession.Password);
        Assert.Equal(HttpStatusCode.OK, theirs.Status);

        await browser.OpenAsync(removal);
        await browser.ClickAsync("remove-confirm");
        Assert.Equal(Path, browser.Url.AbsolutePath);
        Assert.Empty(await RolesAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await theirs.OpenAsync("/dashboard")).Status);

        async Task<IReadOnlyList<string>> RolesAsync() =>
        [
            .. (await dashboard.Api.GetAsync($"users/{Uri.EscapeDataString(grace.UserId)}/roles")).List
                .Select(role => (string)role!["name"]!),
        ];
    }

    [Fact]
    public async Task The_last_one_is_not_blocked()
    {
        var user = await dashboard.Server.AdministratorAsync();
        await browser.OpenAsync("/dashboard/users/" + Uri.EscapeDataString(user.UserId));
        await browser.ClickAsync("block");

        Assert.Contains("No other user", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(Path)).Status);
    }

    [Fact]
    public async Task Of_two_who_remove_each_other_at_once_one_stays()
    {
        await using var server = new TestServer();
        var other = await server.AddUserAsync("grace@example.com", DashboardSession.Password);
        await server.GiveRoleAsync(other.UserId, "Administrator");
        using var first = await server.OpenDashboardAsync(Path);
        using var second = await server.OpenDashboardAsync(other.Email!, DashboardSession.Password, Path);
        var ofSecond = first.Page.QuerySelector($"a[data-user='{other.UserId}']")!.GetAttribute("href")!;
        var ofFirst = second.Page.QuerySelector($"a[data-user]:not([data-user='{other.UserId}'])")!
            .GetAttribute("href")!;

        await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(_ => new[]
        {
            server.PostAsync(first, ofSecond, site: null), server.PostAsync(second, ofFirst, site: null),
        }));

        Assert.Equal(1, await server.WithAsync<AuthDbContext, int>(db => db.RoleMembers.CountAsync()));
    }

    [Fact]
    public async Task A_viewer_sees_the_administrators_and_adds_none()
    {
        var viewer = dashboard.Viewer;
        await viewer.OpenAsync(Path);

        Assert.Contains(TestServer.AdminEmail, viewer.Text, StringComparison.Ordinal);
        Assert.False(viewer.Has("search") || viewer.Page.QuerySelector("a[data-user]") is not null, viewer.Text);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await dashboard.Server.PostAsync(viewer, Path + "?handler=Add", site: null, ("user", "x"), ("role", "y")));
    }

    [Fact]
    public async Task A_limit_of_tokens_counts_for_applications_that_have_none()
    {
        var api = await dashboard.Server.AddApiAsync();
        await dashboard.Server.AddClientGrantAsync(TestServer.ClientId, api.Identifier, "read:contacts");
        await browser.OpenAsync("/dashboard/settings/tokens");
        await browser
            .Fill("default_token_quota.clients.client_credentials.per_hour", "1")
            .Fill("default_audience", api.Identifier)
            .ClickAsync("save");

        Assert.True(browser.Has("done"), browser.Text);
        var oauth = new OAuth(dashboard.Server);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (await TokenAsync(), await TokenAsync()));

        async Task<HttpStatusCode> TokenAsync() => (await oauth.PostAsync(
            "/oauth/token",
            ("grant_type", "client_credentials"),
            ("client_id", TestServer.ClientId),
            ("client_secret", TestServer.ClientSecret))).Status;
    }
}
