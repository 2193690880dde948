using System.Net;
using System.Text.Json.Nodes;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Areas.Dashboard;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>The audit log in the dashboard.</summary>
public sealed class LogsTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        using var other = new Browser(server);
        await other.OpenAsync("/account");
        await other.SignInAsync(password: "wrong");
        browser = await server.OpenDashboardAsync("/dashboard/logs");
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public void Events_are_in_words()
    {
        Assert.Contains("Signed in", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Wrong password", browser.Text, StringComparison.Ordinal);
        Assert.Contains(TestServer.AdminEmail, browser.Page.QuerySelector("table")!.TextContent,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what=refused", "Wrong password", "Signed in")]
    [InlineData("what=logins", "Signed in", "Wrong password")]
    [InlineData("q=type%3Afp", "Wrong password", "Signed in")]
    [InlineData("q=ada&what=refused&since=day", "Wrong password", "Signed in")]
    public async Task They_are_filtered(string query, string found, string missing)
    {
        await browser.OpenAsync("/dashboard/logs?" + query);

        var table = browser.Page.QuerySelector("table")!.TextContent;
        Assert.Contains(found, table, StringComparison.Ordinal);
        Assert.DoesNotContain(missing, table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_them_leads_to_its_user_and_has_its_json()
    {
        await browser.OpenAsync("/dashboard/logs?what=logins");
        await browser.OpenAsync(browser.Page.QuerySelector("a.event")!.GetAttribute("href")!);
        Assert.Contains("\"type\": \"s\"", browser.Page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        await browser.ClickAsync("user");

        Assert.StartsWith("/dashboard/users/", browser.Url.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(11, false)]
    public async Task An_execution_is_linked_while_it_is_stored(int days, bool isLinked)
    {
        var failure = new LogEvent
        {
            Type = LogEventTypes.ActionFailed.Code,
            Date = server.Time.GetUtcNow().AddDays(-days),
            Details = """{"actions":{"executions":["6a2b0f6e-0000-4000-8000-000000000001"]}}""",
        };
        await server.ChangeAsync(db => Task.FromResult(db.Add(failure)));
        await browser.OpenAsync("/dashboard/logs?q=type:" + failure.Type);
        await browser.OpenAsync(browser.Page.QuerySelector("a.event")!.GetAttribute("href")!);

        Assert.Equal(isLinked, browser.Has("execution"));
    }

    [Fact]
    public async Task What_is_filtered_is_downloaded()
    {
        await browser.OpenAsync("/dashboard/logs?what=refused");
        await browser.ClickAsync("download");

        Assert.Equal("application/json", browser.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", browser.Answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("fp", (string?)Assert.Single(JsonNode.Parse(browser.Html)!.AsArray())!["type"]);
    }

    [Fact]
    public void Failures_are_marked()
    {
        string[] failures = ["fp", "limit_wc", "ferrt", "fn", "oidc_backchannel_logout_failed"];
        string[] others = ["s", "sapi"];

        Assert.All(failures, type => Assert.True(IsMarked(type), type));
        Assert.All(others, type => Assert.False(IsMarked(type), type));

        static bool IsMarked(string type) => new EventView(new JsonObject { ["type"] = type }).IsRefusal;
    }

    [Fact]
    public async Task An_event_that_is_gone_is_a_page_that_does_not_exist()
    {
        await browser.OpenAsync("/dashboard/logs/90020261121080000000000000000000000000001");

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public void Every_kind_of_event_has_its_words_in_both_languages()
    {
        var codes = typeof(LogEventTypes).GetProperties()
            .Select(property => property.GetValue(null)).OfType<LogEventType>().Select(type => type.Code);

        foreach (var file in new[] { "Texts.resx", "Texts.ja.resx" })
        {
            var texts = Pages.LanguageTests.Texts(file);
            Assert.All(codes, code => Assert.Contains("Dashboard.Event." + code, texts));
        }
    }
}
