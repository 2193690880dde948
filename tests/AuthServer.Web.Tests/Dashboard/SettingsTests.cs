using System.Net;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>The tenant's settings in the dashboard.</summary>
public sealed class SettingsTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private Browser browser = null!;

    public async ValueTask InitializeAsync() => browser = await server.OpenDashboardAsync("/dashboard/settings");

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_is_saved_is_stored_and_shown_and_recorded_with_the_person()
    {
        await browser.Fill("friendly_name", "Northwind").Fill("support_email", "help@northwind.example")
            .ClickAsync("save");

        Assert.True(browser.Has("done"), browser.Text);
        Assert.Equal("Northwind", browser.Input("friendly_name")!.GetAttribute("value"));
        var settings = await server.StoredSettingsAsync();
        Assert.Equal(("Northwind", "help@northwind.example"), (settings.FriendlyName, settings.SupportEmail));
        var logged = await server.WithAsync<AuthDbContext, Core.Model.LogEvent>(
            db => db.LogEvents.SingleAsync(e => e.Type == "sapi"));
        Assert.Equal("PATCH /api/v2/tenants/settings", logged.Description);
        Assert.Equal((TestServer.AdminEmail, "dashboard"), (logged.UserName, logged.ClientId));
        await browser.OpenAsync("/dashboard/logs?what=changes");
        Assert.Contains("Settings changed", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_refused_stays_in_its_field_with_the_reason()
    {
        await browser.Fill("friendly_name", "Northwind").Fill("support_email", "nowhere").ClickAsync("save");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal("nowhere", browser.Input("support_email")!.GetAttribute("value"));
        Assert.Equal("true", browser.Input("support_email")!.GetAttribute("aria-invalid"));
        Assert.Contains("complete email address", browser.Page.GetElementById("support_email-error")!.TextContent,
            StringComparison.Ordinal);
        Assert.NotEqual("Northwind", (await server.StoredSettingsAsync()).FriendlyName);
    }

    [Fact]
    public async Task The_reason_is_given_in_the_language_of_the_page()
    {
        await browser.OpenAsync("/dashboard/settings/sessions?ui_locales=ja");
        await browser.Fill("session_lifetime", "soon").ClickAsync("save");

        Assert.Contains("数値を入力してください", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_what_is_there_already_writes_nothing()
    {
        await browser.ClickAsync("save");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Equal(0, await server.WithAsync<AuthDbContext, int>(
            db => db.LogEvents.CountAsync(e => e.Type == "sapi")));
    }

    [Fact]
    public async Task The_second_of_two_administrators_overwrites_nothing_unseen()
    {
        await server.ChangeSettingsAsync(settings => settings.FriendlyName = "Theirs");
        await browser.Fill("friendly_name", "Mine").ClickAsync("save");

        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.True(browser.Has("outdated"));
        Assert.Equal("Mine", browser.Input("friendly_name")!.GetAttribute("value"));
        Assert.Contains("Theirs", browser.Page.GetElementById("friendly_name-meanwhile")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal("Theirs", (await server.StoredSettingsAsync()).FriendlyName);

        await browser.ClickAsync("save");
        Assert.Equal("Mine", (await server.StoredSettingsAsync()).FriendlyName);
    }

    [Fact]
    public async Task Of_two_that_save_at_once_one_wins_and_the_other_is_shown_what_was_saved()
    {
        Func<HttpRequestMessage>[] both =
        [
            browser.Fill("friendly_name", "One").Submission("save"),
            browser.Fill("friendly_name", "Two").Submission("save"),
        ];
        using var http = server.NewHttp();
        var answers = await Task.WhenAll(both.Select(request => http.SendAsync(request())));

        var statuses = answers.Select(answer => answer.StatusCode).Order().ToArray();
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Conflict], statuses);
        Assert.Contains((await server.StoredSettingsAsync()).FriendlyName, (string[])["One", "Two"]);
    }

    [Fact]
    public async Task A_viewer_sees_them_and_can_not_save()
    {
        using var viewer = await server.OpenDashboardAsViewerAsync("/dashboard/settings");

        Assert.Equal(HttpStatusCode.OK, viewer.Status);
        Assert.False(viewer.Has("save"));
        Assert.True(viewer.Input("friendly_name")!.HasAttribute("readonly"));
    }

    [Fact]
    public async Task A_viewer_who_posts_the_form_anyway_is_refused_and_that_is_recorded()
    {
        using var viewer = await server.OpenDashboardAsViewerAsync("/dashboard/settings");
        var status = await server.PostAsync(viewer, "/dashboard/settings", site: null, ("friendly_name", "Theirs"));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.NotEqual("Theirs", (await server.StoredSettingsAsync()).FriendlyName);
        await browser.OpenAsync("/dashboard/logs?what=changes");
        Assert.Contains("Refused: Settings changed", browser.Text, StringComparison.Ordinal);
        Assert.Contains("viewer@example.com", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switch_opens_and_closes_dynamic_client_registration()
    {
        using var http = server.NewHttp();
        await browser.OpenAsync("/dashboard/settings/advanced");
        Assert.Equal(HttpStatusCode.NotFound, await RegisterAsync(http));

        await browser.Check("flags.enable_dynamic_client_registration", on: true).ClickAsync("save");
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync(http));
        await browser.OpenAsync("/dashboard/settings/advanced");
        Assert.Contains("Registered by a test", browser.Text, StringComparison.Ordinal);

        await browser.Check("flags.enable_dynamic_client_registration", on: false).ClickAsync("save");
        Assert.Equal(HttpStatusCode.NotFound, await RegisterAsync(http));
    }

    private static async Task<HttpStatusCode> RegisterAsync(HttpClient http)
    {
        using var content = new StringContent(
            """{"client_name":"Registered by a test","redirect_uris":["https://app.example/callback"]}""",
            System.Text.Encoding.UTF8,
            "application/json");
        using var answer = await http.PostAsync("/oidc/register", content);
        return answer.StatusCode;
    }
}
