using System.Net;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>Roles in the dashboard.</summary>
public sealed class RolesTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    private readonly Browser browser = dashboard.Browser;

    [Fact]
    public async Task A_new_ones_permission_is_in_the_token_of_the_user_who_gets_it_until_it_is_taken_away()
    {
        var api = await dashboard.Server.AddApiAsync(a => a.EnforcePolicies = true, "https://roles.example");
        var client = await dashboard.Server.AddClientAsync();
        await browser.OpenAsync("/dashboard/roles");
        await browser.ClickAsync("new");
        await browser.Fill("name", "Support").Fill("description", "Answers questions").ClickAsync("save");
        var path = "/dashboard/roles/" + browser.Url.Segments[^2].TrimEnd('/');
        await browser.OpenAsync($"{path}/permissions?api={api.PublicId}&q=read");
        await browser.Check("permission", "read:contacts").ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
        await browser.OpenAsync($"{path}/members?q=ada");
        await browser.ClickAsync("add-0");
        Assert.True(browser.Has("done"), browser.Text);
        await browser.OpenAsync("/dashboard/roles?q=SUPP");
        Assert.Contains("Answers questions", browser.Text, StringComparison.Ordinal);

        Assert.Equal("openid read:contacts", await ScopeAsync());
        await browser.OpenAsync($"{path}/permissions?api={api.PublicId}");
        await browser.Check("permission", "read:contacts", on: false).ClickAsync("save");
        Assert.Equal("openid", await ScopeAsync());

        async Task<string?> ScopeAsync() =>
            (await new OAuth(dashboard.Server).GetTokensAsync(
                client, "openid read:contacts write:contacts", api.Identifier))["scope"];
    }

    /// <summary>ASVS 8.2.1.</summary>
    [Fact]
    public async Task A_permission_of_the_management_api_that_one_lacks_is_not_given()
    {
        using var other = await dashboard.Server.OpenDashboardWithAsync(
            "read:roles", "update:roles", "read:resource_servers");
        var id = await RoleAsync("Empty");
        var system = (string)(await dashboard.Api.GetAsync("resource-servers")).List
            .Single(api => (bool)api!["is_system"]!)!["id"]!;
        await other.OpenAsync($"/dashboard/roles/{id}/permissions?api={system}");
        await other.Check("permission", "delete:users").ClickAsync("save");

        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.Contains("that you lack yourself", other.Page.GetElementById("problem")!.TextContent,
            StringComparison.Ordinal);
        Assert.Empty((await dashboard.Api.GetAsync($"roles/{id}/permissions")).List);
    }

    [Fact]
    public async Task The_last_administrator_stays_and_another_leaves_knowing_what_happens()
    {
        var administrator = (string)(await dashboard.Api.GetAsync("roles?name_filter=administrator")).List
            .Single()!["id"]!;
        var members = $"/dashboard/roles/{administrator}/members";
        await browser.OpenAsync(members);
        await browser.OpenAsync(browser.Page.QuerySelector("a[data-user]")!.GetAttribute("href")!);
        Assert.True(browser.Has("own"), browser.Text);
        await browser.ClickAsync("remove-confirm");
        Assert.Contains("No other user", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
        await browser.OpenAsync($"/dashboard/roles/{administrator}/delete");
        await browser.ClickAsync("delete-confirm");
        Assert.Contains("No other user", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);

        var system = (string)(await dashboard.Api.GetAsync("resource-servers")).List
            .Single(api => (bool)api!["is_system"]!)!["id"]!;
        await browser.OpenAsync($"/dashboard/roles/{administrator}/permissions?api={system}&q=delete:users");
        await browser.Check("permission", "delete:users", on: false).ClickAsync("save");
        Assert.Contains("No other user", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);

        var second = await dashboard.Server.AddUserAsync("second@example.com", DashboardSession.Password);
        await browser.OpenAsync(members + "?q=second");
        await browser.ClickAsync("add-0");
        using var theirs = await dashboard.Server.OpenDashboardAsync(second.Email!, DashboardSession.Password, members);
        var own = theirs.Page.QuerySelector($"a[data-user='{second.UserId}']")!.GetAttribute("href")!;
        await theirs.OpenAsync(own);
        await theirs.ClickAsync("remove-confirm");
        Assert.Equal(HttpStatusCode.Forbidden, theirs.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(own)).Status);
    }

    [Fact]
    public async Task One_is_renamed_by_an_administrator_and_deleted_after_a_question_and_a_viewer_does_neither()
    {
        var (id, viewer) = (await RoleAsync("<script>alert(1)</script>"), dashboard.Viewer);
        var path = "/dashboard/roles/" + id;
        foreach (var tab in new[] { "", "/permissions", "/members" })
        {
            await viewer.OpenAsync(path + tab);
            Assert.Equal((tab, HttpStatusCode.OK, false), (tab, viewer.Status, viewer.Has("save")));
            Assert.False(viewer.Has("delete") || viewer.Has("search") && tab == "/members", viewer.Text);
            Assert.Empty(viewer.Page.QuerySelectorAll("script:not([src])"));
        }

        foreach (var (at, field) in new[]
        {
            ("", "name"), ("/permissions", "permission"), ("/members?handler=Add", "user"),
        })
        {
            Assert.Equal(
                HttpStatusCode.Forbidden,
                await dashboard.Server.PostAsync(viewer, path + at, site: null, (field, "theirs")));
        }

        await browser.OpenAsync(path);
        await browser.Fill("name", "Viewer").ClickAsync("save");
        Assert.Contains("taken", browser.Page.GetElementById("reason")!.TextContent, StringComparison.Ordinal);
        await browser.Fill("name", "Editors").ClickAsync("save");
        Assert.Equal("Editors", (await dashboard.Api.GetAsync("roles/" + id)).Text("name"));
        await browser.ClickAsync("delete");
        await browser.ClickAsync("delete-confirm");
        Assert.Equal(404, (await dashboard.Api.GetAsync("roles/" + id)).Status);
    }

    private async Task<string> RoleAsync(string name) =>
        (await dashboard.Api.PostAsync("roles", $$"""{"name":"{{name}}"}""")).Text("id");
}
