using System.Net;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>Applications in the dashboard.</summary>
public sealed class ApplicationsTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private Client client = null!;
    private Browser browser = null!;

    private string Path => "/dashboard/applications/" + client.ClientId;

    public async ValueTask InitializeAsync()
    {
        client = await server.AddClientAsync();
        browser = await server.OpenDashboardAsync("/dashboard/applications");
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task One_is_created_and_shown_with_the_code_that_connects_it()
    {
        await browser.ClickAsync("new");
        await browser.Fill("name", "Field Notes").Fill("callbacks", "https://notes.example/callback\n")
            .ClickAsync("save");

        Assert.EndsWith("/quickstart", browser.Url.AbsolutePath, StringComparison.Ordinal);
        var created = await server.WithAsync<AuthDbContext, Client>(
            db => db.Clients.SingleAsync(c => c.DisplayName == "Field Notes"));
        Assert.Contains(created.ClientId, browser.Page.QuerySelector("[data-snippet=aspnetcore]")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal((AppTypes.RegularWeb, "https://notes.example/callback"),
            (created.AppType, Assert.Single(created.Callbacks)));
    }

    [Fact]
    public async Task One_without_a_name_is_not_created()
    {
        await browser.ClickAsync("new");
        await browser.ClickAsync("save");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.True(browser.Page.GetElementById("name-error") is not null, browser.Text);
    }

    [Fact]
    public async Task The_list_is_searched_by_name_and_id_and_filtered_by_type()
    {
        await server.AddPublicClientAsync(c => c.Name = "Zebra");
        foreach (var (query, found, missing) in new[]
        {
            ("q=zeb", "Zebra", client.Name), ("q=" + client.ClientId, client.Name, "Zebra"),
                ("type=spa", "Zebra", client.Name),
        })
        {
            await browser.OpenAsync("/dashboard/applications?" + query);
            Assert.Contains(found, browser.Page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain(missing, browser.Page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_list_has_pages()
    {
        for (var i = 0; i < 30; i++)
            await server.AddClientAsync(c => c.Name = $"Application {i}");
        await browser.OpenAsync("/dashboard/applications");
        Assert.Equal(25, browser.Page.QuerySelectorAll("tbody tr").Length);
        await browser.ClickAsync("next");

        Assert.NotEmpty(browser.Page.QuerySelectorAll("tbody tr"));
        Assert.True(browser.Has("previous"));
    }

    [Fact]
    public async Task A_hostile_name_is_text()
    {
        const string Name = "<script>alert(1)</script>\u202Eevil";
        await server.ChangeAsync<Client>(c => c.ClientId == client.ClientId, c => c.Name = Name);
        foreach (var path in new[] { "/dashboard/applications", Path, Path + "/quickstart", Path + "/advanced",
            Path + "/delete" })
        {
            await browser.OpenAsync(path);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.Empty(browser.Page.QuerySelectorAll("script:not([src])"));
            Assert.Contains("alert(1)", browser.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202E", browser.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Settings_are_saved_line_by_line()
    {
        await browser.OpenAsync(Path);
        await browser
            .Fill("callbacks", "https://a.example/callback\r\n\r\n https://b.example/callback ")
            .Fill("refresh_token.leeway", "30")
            .ClickAsync("save");

        Assert.True(browser.Has("done"), browser.Text);
        var stored = await server.StoredClientAsync(client.ClientId);
        Assert.Equal(["https://a.example/callback", "https://b.example/callback"], stored.Callbacks);
        Assert.Equal(30, stored.RefreshTokens.Leeway);
    }

    [Fact]
    public async Task A_url_that_is_refused_is_named()
    {
        await browser.OpenAsync(Path);
        await browser.Fill("callbacks", "https://a.example/callback\nb.example").ClickAsync("save");

        var error = browser.Page.GetElementById("callbacks-error")!.TextContent;
        Assert.Contains("b.example", error, StringComparison.Ordinal);
        Assert.Contains("complete URL", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_is_shown_on_demand_and_that_is_recorded()
    {
        await browser.OpenAsync(Path + "/credentials");
        Assert.DoesNotContain(TestData.Secret, browser.Html, StringComparison.Ordinal);
        Assert.Null(browser.Page.QuerySelector("#secret.code"));
        await browser.ClickAsync("show-secret");

        Assert.NotNull(browser.Page.QuerySelector("#secret.code"));
        Assert.Equal(TestData.Secret, browser.Page.GetElementById("secret")!.GetAttribute("value"));
        Assert.True(browser.Answer.Headers.CacheControl!.NoStore);
        Assert.Equal(1, await EventsAsync("GET /api/v2/clients/{id}"));
        await browser.OpenAsync(Path + "/advanced");
        Assert.DoesNotContain(TestData.Secret, browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_secret_replaces_the_old_one()
    {
        await browser.OpenAsync(Path + "/credentials");
        await browser.ClickAsync("rotate-secret");

        var secret = browser.Page.GetElementById("secret")!.GetAttribute("value")!;
        Assert.NotEqual(TestData.Secret, secret);
        var stored = await server.StoredClientAsync(client.ClientId);
        Assert.Equal(new Core.Secret(secret).Hash().Bytes, stored.SecretHash);
    }

    [Fact]
    public async Task Secrets_take_a_login_of_the_last_hour()
    {
        await browser.OpenAsync(Path + "/credentials");
        var submission = browser.Submission("show-secret");
        for (var i = 0; i < 2; i++)
        {
            server.Time.Advance(TimeSpan.FromMinutes(40));
            await browser.OpenAsync(Path + "/credentials");
        }

        Assert.False(browser.Has("show-secret"));
        Assert.False(browser.Has("rotate-secret"));
        using var http = server.NewHttp();
        using var answer = await http.SendAsync(submission());
        Assert.DoesNotContain(TestData.Secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await browser.OpenAsync(browser.Page.QuerySelector("#sign-in-again a")!.GetAttribute("href")!);
        Assert.Equal("/u/login", browser.Url.AbsolutePath);
        await browser.Fill("password", TestServer.AdminPassword).ClickAsync("login-submit");
        await browser.ClickAsync("way-on");
        Assert.True(browser.Has("show-secret"), browser.Text);
    }

    [Fact]
    public async Task A_viewer_sees_no_secret_and_changes_nothing()
    {
        using var viewer = await server.OpenDashboardAsViewerAsync(Path + "/credentials");
        Assert.Equal(HttpStatusCode.OK, viewer.Status);
        Assert.False(viewer.Has("show-secret"));
        Assert.False(viewer.Has("rotate-secret"));
        await viewer.OpenAsync("/dashboard/applications/new");
        Assert.Equal(HttpStatusCode.Forbidden, viewer.Status);
        Assert.Contains("create:clients", viewer.Text, StringComparison.Ordinal);
        await viewer.OpenAsync(Path + "/delete");
        Assert.Equal(HttpStatusCode.Forbidden, viewer.Status);
    }

    /// <summary>ASVS 8.2.1.</summary>
    [Theory]
    [InlineData("connections", "read:connections")]
    [InlineData("apis", "read:client_grants read:resource_servers")]
    [InlineData("delete", "delete:clients")]
    public async Task No_tab_shows_an_application_without_read_clients(string tab, string scopes)
    {
        using var other = await server.OpenDashboardWithAsync(scopes.Split(' '));
        await other.OpenAsync($"{Path}/{tab}");

        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        Assert.Contains("read:clients", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_a_change_is_forbidden_and_not_recorded_as_an_operation_on_another_resource()
    {
        using var viewer = await server.OpenDashboardAsViewerAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await server.PostAsync(viewer, Path + "/connections", site: null));

        Assert.DoesNotContain("fapi", (await server.EventsAsync()).Types());
    }

    [Fact]
    public async Task A_connection_is_switched_off_and_another_administrators_switch_stays()
    {
        var other = new Connection
        {
            Id = "con_other",
            Name = "other",
            Strategy = Connection.DatabaseStrategy,
            Realms = ["other"]
        };
        await server.ChangeAsync(db => Task.FromResult(db.Add(other)));
        await browser.OpenAsync(Path + "/connections");
        await server.ChangeAsync(db => Task.FromResult(
            db.Add(new ConnectionClient { ConnectionId = other.Id, ClientId = client.ClientId })));
        var database = browser.Page.QuerySelector("input[name=enabled][checked]")!.GetAttribute("value")!;
        await browser.Check("enabled", database, on: false).ClickAsync("save");

        var enabled = await server.WithAsync<AuthDbContext, List<string>>(db =>
            db.ConnectionClients.Where(c => c.ClientId == client.ClientId).Select(c => c.ConnectionId).ToListAsync());
        Assert.Equal([other.Id], enabled);
        Assert.NotEqual(other.Id, database);
    }

    [Fact]
    public async Task Access_to_an_api_is_given_changed_and_removed()
    {
        var api = await server.AddApiAsync();
        await browser.OpenAsync(Path + "/apis");
        await browser.ClickAsync("edit-" + api.PublicId);
        await browser.Check("scope", "read:contacts").ClickAsync("save");
        Assert.Equal("read:contacts", (await GrantAsync())!.Scope.ToString());

        await browser.ClickAsync("edit-" + api.PublicId);
        await browser.ClickAsync("remove");
        Assert.Null(await GrantAsync());

        Task<ClientGrant?> GrantAsync() => server.WithAsync<AuthDbContext, ClientGrant?>(
            db => db.ClientGrants.SingleOrDefaultAsync(g => g.ClientId == client.ClientId));
    }

    [Fact]
    public async Task A_connection_that_does_not_exist_is_a_bad_request()
    {
        await browser.OpenAsync(Path + "/connections");

        Assert.Equal(
            HttpStatusCode.BadRequest,
            await server.PostAsync(browser, Path + "/connections", site: null, ("enabled", "con_missing")));
    }

    [Fact]
    public async Task One_is_deleted_after_a_question()
    {
        await browser.OpenAsync(Path + "/advanced");
        await browser.ClickAsync("delete");
        await browser.ClickAsync("delete-confirm");

        Assert.Equal("/dashboard/applications", browser.Url.AbsolutePath);
        await browser.OpenAsync(Path);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task The_dashboard_itself_is_not_changed_and_not_deleted()
    {
        await browser.OpenAsync("/dashboard/applications/dashboard");
        await browser.Fill("name", "Mine").ClickAsync("save");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        await browser.OpenAsync("/dashboard/applications/dashboard/delete");
        await browser.ClickAsync("delete-confirm");

        Assert.Equal("Dashboard", (await server.StoredClientAsync(DashboardApplication.ClientId)).Name);
    }

    [Fact]
    public async Task Signing_in_is_tried_with_the_applications_own_pages()
    {
        await browser.OpenAsync(Path);
        server.Time.Advance(TimeSpan.FromSeconds(5));
        await browser.ClickAsync("try");

        Assert.True(browser.Url.AbsolutePath == "/u/login", browser.Text);
        Assert.Contains(client.Name, browser.Text, StringComparison.Ordinal);
    }

    private Task<int> EventsAsync(string description) => server.WithAsync<AuthDbContext, int>(
        db => db.LogEvents.CountAsync(e => e.Type == "sapi" && e.Description == description));
}
