using System.Net;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>Users in the dashboard.</summary>
public sealed class UsersTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private User user = null!;
    private Browser browser = null!;

    private string Path => "/dashboard/users/" + Uri.EscapeDataString(user.UserId);

    public async ValueTask InitializeAsync()
    {
        user = await server.AddUserAsync("grace@example.com", DashboardSession.Password);
        browser = await server.OpenDashboardAsync();
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("q=grace", true)]
    [InlineData("q=grace%40example.com", true)]
    [InlineData("q=email%3A%22grace%40example.com%22", true)]
    [InlineData("q=nobody", false)]
    [InlineData("state=unconfirmed", true)]
    [InlineData("state=blocked", false)]
    [InlineData("q=grace&state=unconfirmed", true)]
    [InlineData("q=%22%29+OR+%28", false)]
    public async Task They_are_searched(string query, bool isFound)
    {
        await browser.OpenAsync("/dashboard/users?" + query);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Equal(isFound, browser.Text.Contains("grace@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_are_found_from_other_pages_by_an_administrator_who_may_see_them()
    {
        await browser.OpenAsync("/dashboard/roles");
        var search = browser.Page.GetElementById("find")!.ParentElement!;
        var (path, name) = (search.GetAttribute("action"), search.QuerySelector("input")!.GetAttribute("name"));
        Assert.Equal("/dashboard/users", path);
        await browser.OpenAsync($"{path}?{name}=grace");
        Assert.Contains("grace@example.com", browser.Text, StringComparison.Ordinal);
        Assert.False(browser.Has("find"));

        using var other = await server.OpenDashboardWithAsync("read:roles");
        Assert.Equal(HttpStatusCode.OK, (await other.OpenAsync("/dashboard/roles")).Status);
        Assert.False(other.Has("find"));
    }

    [Fact]
    public async Task A_query_that_can_not_be_read_is_said_so()
    {
        await browser.OpenAsync("/dashboard/users?q=shoe_size%3A12");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("shoe_size", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blocking_signs_out_and_refuses_until_it_is_lifted()
    {
        using var theirs = new Browser(server);
        await theirs.OpenAsync("/account");
        await theirs.SignInAsync(user.Email!, DashboardSession.Password);
        await browser.OpenAsync(Path);
        await browser.ClickAsync("block");
        Assert.True(browser.Has("done"), browser.Text);

        await theirs.OpenAsync("/account");
        Assert.Equal("/u/login", theirs.Url.AbsolutePath);
        await theirs.SignInAsync(user.Email!, DashboardSession.Password);
        Assert.Equal("/u/login", theirs.Url.AbsolutePath);

        await browser.ClickAsync("block");
        await theirs.SignInAsync(user.Email!, DashboardSession.Password);
        Assert.Equal("/account", theirs.Url.AbsolutePath);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_sessions_of_the_user_only()
    {
        await server.StartSessionAsync(user);
        await browser.OpenAsync(Path);
        await browser.ClickAsync("everywhere");

        Assert.True(browser.Has("done"), browser.Text);
        Assert.Equal(0, await SessionsAsync());
    }

    [Fact]
    public async Task One_session_is_ended()
    {
        await server.StartSessionAsync(user);
        await server.StartSessionAsync(user);
        await browser.OpenAsync(Path + "/sessions");
        await browser.ClickAsync(browser.Page.QuerySelector("button[id^=end-]")!.Id!);

        Assert.Equal(1, await SessionsAsync());
    }

    [Fact]
    public async Task A_session_of_another_user_is_not_ended_here()
    {
        await server.StartSessionAsync(user);
        var mine = await server.WithAsync<AuthDbContext, string>(
            db => db.Sessions.Where(s => s.UserId != user.UserId).Select(s => s.Id).FirstAsync());
        await browser.OpenAsync(Path + "/sessions");
        browser.Page.QuerySelector("input[name=session]")!.SetAttribute("value", mine);
        await browser.ClickAsync(browser.Page.QuerySelector("button[id^=end-]")!.Id!);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Equal("/dashboard", (await browser.OpenAsync("/dashboard")).Url.AbsolutePath);
    }

    [Fact]
    public async Task A_password_link_works_and_is_shown_once()
    {
        await browser.OpenAsync(Path);
        await browser.ClickAsync("make-link");
        var link = browser.Page.GetElementById("link")!.GetAttribute("value")!;
        await browser.OpenAsync(Path);
        Assert.False(browser.Has("link"));

        using var theirs = new Browser(server);
        await theirs.OpenAsync(link);
        await theirs.Fill("password", "five unrelated words here").ClickAsync("reset-submit");
        await theirs.OpenAsync("/account");
        await theirs.SignInAsync(user.Email!, "five unrelated words here");
        Assert.Equal("/account", theirs.Url.AbsolutePath);
    }

    [Fact]
    public async Task A_role_is_assigned_and_removed()
    {
        await browser.OpenAsync(Path + "/roles");
        var viewer = browser.Page.QuerySelectorAll("#role option").Single(o => o.TextContent == "Viewer")
            .GetAttribute("value")!;
        await browser.Fill("role", viewer).ClickAsync("assign");
        Assert.True(browser.Has("remove-" + viewer), browser.Text);

        await browser.ClickAsync("remove-" + viewer);
        await browser.ClickAsync("remove-confirm");
        Assert.False(browser.Has("remove-" + viewer));
    }

    /// <summary>ASVS 8.2.1.</summary>
    [Theory]
    [InlineData("sessions", "read:sessions")]
    [InlineData("roles", "read:role_members")]
    [InlineData("applications", "read:grants")]
    [InlineData("history", "read:logs")]
    [InlineData("delete", "delete:users")]
    public async Task No_tab_shows_a_user_without_read_users(string tab, string scope)
    {
        using var other = await server.OpenDashboardWithAsync(scope);
        await other.OpenAsync($"{Path}/{tab}");

        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        Assert.Contains("read:users", other.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("grace@example.com", other.Text, StringComparison.Ordinal);
    }

    /// <summary>ASVS 8.2.1.</summary>
    [Fact]
    public async Task Nobody_assigns_a_role_that_has_more_than_they_have()
    {
        using var other = await server.OpenDashboardWithAsync("read:users", "update:users", "read:roles");
        await other.OpenAsync(Path + "/roles");
        var role = other.Page.QuerySelectorAll("#role option").Single(o => o.TextContent == "Administrator")
            .GetAttribute("value")!;
        await other.Fill("role", role).ClickAsync("assign");

        Assert.True(other.Has("problem"), other.Text);
        Assert.Equal(0, await server.WithAsync<AuthDbContext, int>(
            db => db.RoleMembers.CountAsync(m => m.UserId == user.UserId)));
    }

    [Fact]
    public async Task Names_are_edited()
    {
        await browser.OpenAsync(Path + "/edit");
        await browser.Fill("name", "Grace Hopper").ClickAsync("save");

        Assert.Contains("Grace Hopper", browser.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_is_edited_as_json_and_what_is_taken_out_is_gone()
    {
        await server.ChangeAsync<User>(
            u => u.UserId == user.UserId, u => u.AppMetadata = """{"plan":"team","seats":3}""");
        await browser.OpenAsync(Path + "/metadata");
        await browser.Fill("app_metadata", """{"plan":"free"}""").ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
        Assert.Equal("""{"plan":"free"}""", (await server.StoredUserAsync(user.UserId)).AppMetadata);

        await browser.Fill("app_metadata", """{"a":1,"a":2}""").ClickAsync("save");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        await browser.Fill("app_metadata", "{").ClickAsync("save");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("JSON object", browser.Page.GetElementById("app_metadata-error")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_has_the_users_events()
    {
        using var theirs = new Browser(server);
        await theirs.OpenAsync("/account");
        await theirs.SignInAsync(user.Email!, "wrong");
        await browser.OpenAsync(Path + "/history");

        Assert.Contains("Wrong password", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_deleted_after_a_question_and_a_recent_login()
    {
        await browser.OpenAsync(Path);
        await browser.ClickAsync("delete");
        var confirmation = browser.Url.AbsolutePath;
        server.Time.Advance(TimeSpan.FromMinutes(40));
        await browser.OpenAsync(confirmation);
        var submission = browser.Submission("delete-confirm");
        server.Time.Advance(TimeSpan.FromMinutes(40));
        await browser.OpenAsync(confirmation);
        Assert.False(browser.Has("delete-confirm"));
        using (var http = server.NewHttp())
        using (var answer = await http.SendAsync(submission()))
        {
            Assert.EndsWith(confirmation, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
            await server.StoredUserAsync(user.UserId);
        }

        await browser.OpenAsync(browser.Page.QuerySelector("#sign-in-again a")!.GetAttribute("href")!);
        await browser.Fill("password", TestServer.AdminPassword).ClickAsync("login-submit");
        await browser.ClickAsync("way-on");
        await browser.ClickAsync("delete-confirm");

        Assert.Equal("/dashboard/users", browser.Url.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(Path)).Status);
    }

    [Fact]
    public async Task A_viewer_can_not_help()
    {
        using var viewer = await server.OpenDashboardAsViewerAsync(Path);

        Assert.Equal(HttpStatusCode.OK, viewer.Status);
        foreach (var id in new[] { "block", "everywhere", "make-link", "delete" })
            Assert.False(viewer.Has(id), id);
    }

    private Task<int> SessionsAsync() =>
        server.WithAsync<AuthDbContext, int>(db => db.Sessions.CountAsync(s => s.UserId == user.UserId));
}
