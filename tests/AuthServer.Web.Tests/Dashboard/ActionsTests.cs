using System.Net;
using AuthServer.Core.Actions;
using AuthServer.TestKit;
using AuthServer.Web.Tests.Actions;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>Actions in the dashboard.</summary>
public sealed class ActionsTests(ActionScenario scenario) : IClassFixture<ActionScenario>, IAsyncLifetime
{
    private const string Claim = "https://x.example/by";
    private readonly TestServer server = scenario.Server;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() => browser = await server.OpenDashboardAsync("/dashboard/actions");

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_is_written_deployed_bound_and_executed_in_the_order_of_the_page()
    {
        await CreateAsync("First", "post-login");
        Assert.Contains("exports.onExecutePostLogin", browser.Input("code")!.TextContent, StringComparison.Ordinal);
        await browser.Fill("code", "exports.onExecutePostLogin = async () => {\n  const = 1;\n};").ClickAsync("deploy");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains(
            "line 2, column 9", browser.Page.GetElementById("code-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The draft is saved", browser.Text, StringComparison.Ordinal);

        var code = "\n\n  " + CodeOf("first") + "\n";
        await browser.Fill("code", code).ClickAsync("deploy");
        Assert.True(browser.Has("done"), browser.Text);
        var first = browser.Url.AbsolutePath.Split('/')[^1];
        var stored = await scenario.Api.GetAsync("actions/actions/" + first);
        Assert.Equal((code, true), (stored.Text("code"), stored["all_changes_deployed"]!.GetValue<bool>()));
        Assert.Equal(code, browser.Page.GetElementById("code")!.TextContent);
        await CreateAsync("Second", "post-login");
        await browser.Fill("code", CodeOf("second")).ClickAsync("deploy");
        var second = browser.Url.AbsolutePath.Split('/')[^1];

        await browser.OpenAsync("/dashboard/actions/triggers");
        await browser.Fill("action", first).ClickAsync("bind-post-login");
        await browser.Fill("action", second).ClickAsync("bind-post-login");
        Assert.Equal("second", await ClaimAsync());
        await browser.ClickAsync("up-" + second);
        Assert.Equal("first", await ClaimAsync());
        await browser.ClickAsync("down-" + second);
        await browser.ClickAsync("remove-" + first);
        Assert.Equal("second", await ClaimAsync());

        await browser.OpenAsync("/dashboard/actions/executions?trigger=post-login");
        await browser.OpenAsync(browser.Page.QuerySelector("a.event")!.GetAttribute("href")!);
        Assert.Contains("console of second", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync("/dashboard/actions");
        Assert.Contains("Runs at its trigger", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync("/dashboard/actions/" + second);
        await browser.ClickAsync("delete");
        Assert.True(browser.Has("bound"), browser.Text);
        await browser.ClickAsync("delete-confirm");
        Assert.Null(await ClaimAsync());
    }

    [Fact]
    public async Task A_secret_is_written_replaced_and_removed_and_never_shown()
    {
        await CreateAsync("Secretive", "post-login");
        await browser.Fill("code", "exports.onExecutePostLogin = async e => console.log('is ' + e.secrets.KEY);")
            .ClickAsync("save");
        var path = browser.Url.AbsolutePath;
        foreach (var value in (string[])["very-secret", "more-secret"])
        {
            await browser.OpenAsync(path + "/secrets");
            await browser.Fill("name", "KEY").Fill("value", value).ClickAsync("set");
            Assert.True(browser.Has("done") && browser.Has("remove-KEY"), browser.Text);
            Assert.DoesNotContain(value, browser.Html, StringComparison.Ordinal);
        }

        await browser.Fill("name", "").Fill("value", "more-secret").ClickAsync("set");
        Assert.True(browser.Has("problem"), browser.Text);
        Assert.DoesNotContain("more-secret", browser.Html, StringComparison.Ordinal);
        await browser.OpenAsync(path + "/test");
        await browser.ClickAsync("run");
        Assert.Contains("is more-secret", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync(path + "/secrets");
        await browser.ClickAsync("remove-KEY");
        Assert.False(browser.Has("remove-KEY"), browser.Text);

        await browser.Fill("name", "KEY").Fill("value", "most-secret").ClickAsync("set");
        server.Time.Advance(TimeSpan.FromMinutes(40));
        await browser.OpenAsync(path + "/test");
        var submission = browser.Submission("run");
        server.Time.Advance(TimeSpan.FromMinutes(40));
        await browser.OpenAsync(path + "/test");
        Assert.Equal((true, false), (browser.Has("sign-in-again"), browser.Has("run")));
        using var http = server.NewHttp();
        using var answer = await http.SendAsync(submission());
        Assert.DoesNotContain("most-secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.EndsWith(path + "/test", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_draft_is_tested_with_an_event_of_each_trigger()
    {
        foreach (var trigger in ActionTriggers.All)
        {
            await CreateAsync("Test of " + trigger.Id, trigger.Id);
            await browser.OpenAsync(browser.Url.AbsolutePath + "/test");
            await browser.ClickAsync("run");
            Assert.True(browser.Has("test-result") && browser.Page.QuerySelector("[role=alert]") is null, browser.Text);
        }

        await CreateAsync("Denier", "post-login");
        await browser.Fill(
            "code", "exports.onExecutePostLogin = async (e, api) => api.access.deny('not you, ' + e.user.name);")
            .ClickAsync("save");
        await browser.OpenAsync(browser.Url.AbsolutePath + "/test");
        await browser.Fill("event", """{"user":{"name":"<b>Ada</b>"}}""").ClickAsync("run");
        Assert.Equal(
            """api.access.deny("not you, <b>Ada</b>")""", browser.Page.GetElementById("calls")!.TextContent);
        foreach (var wrong in (string[])["[]", "{", """{"a":1,"a":2}"""])
        {
            await browser.Fill("event", wrong).ClickAsync("run");
            Assert.Equal((HttpStatusCode.BadRequest, true), (browser.Status, browser.Has("event-error")));
            Assert.Equal(wrong, browser.Page.GetElementById("event")!.TextContent);
        }
    }

    [Fact]
    public async Task An_earlier_version_is_seen_and_deployed_again()
    {
        await CreateAsync("Versions", "post-login");
        await browser.Fill("code", CodeOf("one")).ClickAsync("deploy");
        await browser.Fill("code", CodeOf("two")).ClickAsync("deploy");
        var path = browser.Url.AbsolutePath;
        await browser.OpenAsync(path + "/versions");
        await browser.ClickAsync("see-1");
        Assert.Equal(CodeOf("one"), browser.Page.QuerySelector("pre")!.TextContent);
        await browser.Check("update_draft").ClickAsync("deploy");

        Assert.True(browser.Has("see-3"), browser.Text);
        Assert.Equal(CodeOf("one"), (await browser.OpenAsync(path)).Input("code")!.TextContent);
    }

    [Fact]
    public async Task A_viewer_reads_and_changes_nothing()
    {
        await CreateAsync("Untouched", "post-login");
        var path = browser.Url.AbsolutePath;
        using var viewer = await server.OpenDashboardAsViewerAsync(path);
        Assert.False(viewer.Has("save") || viewer.Has("deploy") || viewer.Has("delete"), viewer.Text);
        foreach (var (at, handler) in new[]
        {
            ("/dashboard/actions/new", ""), (path, ""), (path, "?handler=Deploy"), (path + "/delete", ""),
            (path + "/secrets", "?handler=Set"), (path + "/secrets", "?handler=Remove"), (path + "/test", ""),
            ("/dashboard/actions/triggers", "?handler=Add"),
        })
        {
            var status = await server.PostAsync(viewer, at + handler, site: null, ("trigger", "post-login"));
            Assert.Equal((at + handler, HttpStatusCode.Forbidden), (at + handler, status));
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(path)).Status);
    }

    private static string CodeOf(string name) =>
        $"exports.onExecutePostLogin = async (event, api) => {{ api.idToken.setCustomClaim('{Claim}', '{name}'); "
        + $"console.log('console of {name}'); }};";

    private async Task CreateAsync(string name, string trigger)
    {
        await browser.OpenAsync("/dashboard/actions");
        await browser.ClickAsync("new");
        await browser.Fill("name", name).Fill("trigger", trigger).ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
    }

    private async Task<string?> ClaimAsync()
    {
        var claims = OAuth.ClaimsOf((await scenario.PasswordAsync())["id_token"]);
        return claims.TryGetProperty(Claim, out var by) ? by.GetString() : null;
    }
}
