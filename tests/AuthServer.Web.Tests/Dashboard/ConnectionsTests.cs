using System.Net;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Tests.Federation;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>Connections in the dashboard.</summary>
public sealed class ConnectionsTests(RunningProvider running) : IClassFixture<RunningProvider>, IAsyncLifetime
{
    private const string List = "/dashboard/connections";
    private readonly ProviderScenario scenario = running.Scenario;
    private Browser browser = null!;

    private TestServer Server => scenario.Server;

    public async ValueTask InitializeAsync()
    {
        await scenario.ResetAsync();
        browser = await Server.OpenDashboardAsync(List);
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_database_is_created_enabled_and_its_rules_of_passwords_are_saved()
    {
        var name = "Staff-" + Guid.NewGuid().ToString("N")[..8];
        await browser.OpenAsync(List + "/new");
        await browser.ClickAsync("new-auth0");
        Assert.Equal("Create", browser.Page.GetElementById("save")!.TextContent.Trim());
        await browser.Fill("name", name).Check("options.disable_signup").ClickAsync("save");
        Assert.EndsWith("/applications", browser.Url.AbsolutePath, StringComparison.Ordinal);
        await browser.Check("enabled", scenario.Client.ClientId).ClickAsync("save");
        var path = browser.Url.AbsolutePath[..^"/applications".Length];
        await browser.OpenAsync(path);
        await browser
            .Fill("options.passwordPolicy", "good")
            .Fill("options.password_complexity_options.min_length", "12")
            .Check("options.password_dictionary.enable", on: false)
            .Fill("options.password_dictionary.dictionary", "northwind\nkumquat")
            .Check("options.password_history.enable")
            .ClickAsync("save");

        Assert.True(browser.Has("done"), browser.Text);
        var stored = await ConnectionAsync(name);
        Assert.True(stored.DisableSignup);
        Assert.Equal(scenario.Client.ClientId, Assert.Single(stored.Clients).ClientId);
        var rules = DatabaseOptions.Of(stored).Passwords;
        Assert.Equal((12, true, false, 5),
            (rules.MinLength, rules.RequiresVariety, rules.RefusesCommon, rules.HistorySize));
        Assert.Equal(["northwind", "kumquat"], rules.Dictionary);
        Assert.Equal(1, await EventsAsync("POST /api/v2/connections"));
        Assert.Equal(1, await EventsAsync("PATCH /api/v2/connections/{id}/clients"));
    }

    [Fact]
    public async Task An_option_without_a_field_stays_and_an_emptied_one_no_longer_counts()
    {
        const string Options = """{"mfa":{"active":true},"passwordPolicy":"low","password_history":{"size":3}}""";
        var id = await DatabaseAsync("kept", Options);
        await browser.OpenAsync($"{List}/{id}");
        await browser.Fill("options.passwordPolicy", "").Check("options.password_history.enable").ClickAsync("save");

        Assert.True(browser.Has("done"), browser.Text);
        var stored = await ConnectionAsync("kept");
        Assert.Contains("""{"mfa":{"active":true},""", stored.Options, StringComparison.Ordinal);
        var rules = DatabaseOptions.Of(stored).Passwords;
        Assert.Equal((8, 3), (rules.MinLength, rules.HistorySize));
    }

    [Fact]
    public async Task A_value_that_is_refused_stays_in_its_field_and_a_stale_form_overwrites_nothing()
    {
        var id = await DatabaseAsync("edited", "{}");
        await browser.OpenAsync($"{List}/{id}");
        await browser.Fill("options.password_history.size", "99").ClickAsync("save");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("number from 0 to 24", browser.Page.GetElementById("options-password_history-size-error")!
            .TextContent, StringComparison.Ordinal);
        Assert.Equal("99", browser.Input("options.password_history.size")!.GetAttribute("value"));

        await Server.ChangeAsync<Connection>(
            c => c.Id == id, c => c.Options = """{"password_history":{"size":7}}""");
        await browser.Fill("options.password_history.size", "8").ClickAsync("save");
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("7", browser.Page.GetElementById("options-password_history-size-meanwhile")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_is_created_and_signs_users_in_and_its_secret_is_never_shown()
    {
        var name = "staff-" + Guid.NewGuid().ToString("N")[..8];
        await browser.OpenAsync(List + "/new");
        await browser.ClickAsync("new-oidc");
        Assert.Equal(Server.Issuer.At("/login/callback"), browser.Page.GetElementById("redirect_uri")!
            .GetAttribute("value"));
        browser.Fill("name", name).Fill("options.issuer", scenario.Provider.Url);
        browser.Fill("options.client_secret", FakeProvider.ClientSecret);
        await browser.ClickAsync("save");
        Assert.True(browser.Has("options-client_id-error"), browser.Text);
        Assert.DoesNotContain(FakeProvider.ClientSecret, browser.Html, StringComparison.Ordinal);
        browser.Fill("options.client_id", FakeProvider.ClientId);
        await browser.Fill("options.client_secret", FakeProvider.ClientSecret).ClickAsync("save");
        await browser.Check("enabled", scenario.Client.ClientId).ClickAsync("save");

        using var user = new Browser(Server);
        await scenario.SignInWithProviderAsync(user, connection: name);
        Assert.NotNull(user.Returned("code"));

        // Without a secret, the stored one stays.
        await browser.OpenAsync(browser.Url.AbsolutePath[..^"/applications".Length]);
        await browser.Fill("display_name", "Staff").Fill("options.scope", "openid email").ClickAsync("save");
        Assert.True(browser.Has("done"), browser.Text);
        Assert.DoesNotContain(FakeProvider.ClientSecret, browser.Html, StringComparison.Ordinal);
        using var another = new Browser(Server);
        Assert.Equal("openid email", ProviderScenario.QueryOf(await scenario.LeaveAsync(another, name))["scope"]);
    }

    [Fact]
    public async Task A_secret_is_changed_after_a_recent_login_only()
    {
        var id = (await ConnectionAsync("corp")).Id;
        await browser.OpenAsync($"{List}/{id}");
        browser.Fill("options.client_secret", "another");
        Server.Time.Advance(TimeSpan.FromMinutes(30));
        await browser.OpenAsync(List);
        await browser.OpenAsync($"{List}/{id}");
        browser.Fill("options.client_secret", "another");
        Server.Time.Advance(TimeSpan.FromMinutes(31));
        var before = (await ConnectionAsync("corp")).SecretSealed!;
        await browser.ClickAsync("save");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("sign-in within the last hour", browser.Text, StringComparison.Ordinal);
        Assert.Equal(before, (await ConnectionAsync("corp")).SecretSealed);
        await browser.OpenAsync($"{List}/{id}");
        Assert.True(browser.Has("sign-in-again"));
        Assert.Null(browser.Input("options.client_secret"));
    }

    [Fact]
    public async Task A_trial_shows_what_the_provider_sends_and_signs_no_user_in()
    {
        var id = (await ConnectionAsync("corp")).Id;
        await browser.OpenAsync($"{List}/{id}/try");
        await browser.ClickAsync("begin");
        await browser.OpenAsync(scenario.Provider.Agree(browser.LeftTo!));
        Assert.Equal("/login/callback", browser.Url.AbsolutePath);
        await browser.ClickAsync("way-on");

        var result = browser.Url.PathAndQuery;
        Assert.Contains("grace@example.net", browser.Text, StringComparison.Ordinal);
        Assert.Contains("oidc|corp|grace", browser.Text, StringComparison.Ordinal);
        Assert.Empty(await scenario.UsersAsync());
        Assert.Equal(1, await scenario.SessionsAsync());
        await browser.OpenAsync("/dashboard");
        Assert.Contains(TestServer.AdminEmail, browser.Text, StringComparison.Ordinal);

        using var viewer = await Server.OpenDashboardAsViewerAsync(result);
        Assert.DoesNotContain("grace@example.net", viewer.Text, StringComparison.Ordinal);
        Assert.Contains("no longer valid", viewer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_that_fails_says_why()
    {
        var id = (await ConnectionAsync("corp")).Id;
        scenario.Provider.Change = claims => claims["aud"] = "another";
        await browser.OpenAsync($"{List}/{id}/try?begin=true");
        await browser.OpenAsync(scenario.Provider.Agree(browser.LeftTo!));
        await browser.ClickAsync("way-on");

        Assert.Contains("did not pass a check", browser.Text, StringComparison.Ordinal);
        Assert.Contains("another audience", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_state_of_the_provider_is_shown()
    {
        var path = $"{List}/{(await ConnectionAsync("corp")).Id}/provider";
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        await browser.OpenAsync(path);
        Assert.Contains("can be used", browser.Page.GetElementById("discovery-state")!.TextContent,
            StringComparison.Ordinal);
        Assert.Contains("Keys: 1", browser.Page.GetElementById("keys-state")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(scenario.Provider.Kid, browser.Page.QuerySelector("table")!.TextContent,
            StringComparison.Ordinal);

        scenario.Provider.Document = document => document["issuer"] = "https://another.example";
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        await browser.OpenAsync(path);
        Assert.Contains("names another issuer", browser.Text, StringComparison.Ordinal);
        scenario.Provider.Garbage["/.well-known/openid-configuration"] = "500";
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        await browser.OpenAsync(path);
        Assert.Contains("can't be fetched", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_says_how_many_users_go_and_deletes_them()
    {
        using var user = new Browser(Server);
        await scenario.SignInWithProviderAsync(user);
        var id = (await ConnectionAsync("corp")).Id;
        await browser.OpenAsync($"{List}/{id}");
        await browser.ClickAsync("delete");
        Assert.Contains("One user is deleted with it", browser.Text, StringComparison.Ordinal);
        Assert.False(browser.Has("own"));
        var confirmation = browser.Url.AbsolutePath;
        await browser.ClickAsync("show-users");
        Assert.Contains("grace@example.net", browser.Page.QuerySelector("table")!.TextContent,
            StringComparison.Ordinal);
        await browser.OpenAsync(confirmation);
        await browser.ClickAsync("delete-confirm");

        Assert.Equal(List, browser.Url.AbsolutePath);
        Assert.Empty(await scenario.UsersAsync());
        Assert.Equal(1, await EventsAsync("DELETE /api/v2/connections/{id}"));
        await browser.OpenAsync($"{List}/{(await ConnectionAsync(Connection.DefaultDatabase)).Id}/delete");
        Assert.True(browser.Has("own"));
        await browser.ClickAsync("delete-confirm");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("No other user", browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);
        var path = browser.Url.AbsolutePath;
        for (var i = 0; i < 2; i++)
        {
            Server.Time.Advance(TimeSpan.FromMinutes(40));
            await browser.OpenAsync(path);
        }

        Assert.Equal((true, false), (browser.Has("sign-in-again"), browser.Has("delete-confirm")));
    }

    [Fact]
    public async Task The_list_is_searched_and_a_hostile_name_is_text()
    {
        await Server.ChangeAsync<Connection>(
            c => c.Name == "corp", c => c.DisplayName = "<script>alert(1)</script>\u202EZébra");
        foreach (var query in (string[])["q=zébra", "q=ZÉBRA", "q=corp", "strategy=oidc"])
        {
            await browser.OpenAsync($"{List}?{query}");
            var table = browser.Page.QuerySelector("table")!.TextContent;
            Assert.Contains("alert(1)", table, StringComparison.Ordinal);
            Assert.DoesNotContain(Connection.DefaultDatabase, table, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202E", table, StringComparison.Ordinal);
            Assert.Empty(browser.Page.QuerySelectorAll("script:not([src])"));
        }
    }

    [Fact]
    public async Task A_viewer_sees_connections_and_changes_none()
    {
        var path = $"{List}/{(await ConnectionAsync("corp")).Id}";
        using var viewer = await Server.OpenDashboardAsViewerAsync(path);

        Assert.False(viewer.Has("save") || viewer.Has("delete") || viewer.Has("options-client_secret"));
        Assert.Equal(
            HttpStatusCode.Forbidden, await Server.PostAsync(viewer, path, null, ("display_name", "Theirs")));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await Server.PostAsync(viewer, path + "/applications", null, ("shown", scenario.Client.ClientId)));
        var stored = await ConnectionAsync("corp");
        Assert.Equal((null, 1), (stored.DisplayName, stored.Clients.Count));
    }

    private async Task<string> DatabaseAsync(string name, string options)
    {
        var connection = new Connection
        {
            Id = "con_" + Guid.NewGuid().ToString("N")[..16],
            Name = name,
            Strategy = Connection.DatabaseStrategy,
            Options = options,
        };
        await Server.ChangeAsync(db => Task.FromResult(db.Add(connection)));
        return connection.Id;
    }

    private Task<Connection> ConnectionAsync(string name) => Server.WithAsync<AuthDbContext, Connection>(
        db => db.Connections.AsNoTracking().Include(c => c.Clients).SingleAsync(c => c.Name == name));

    /// <summary>Of this test: the log of the shared server has those of the others.</summary>
    private Task<int> EventsAsync(string operation)
    {
        var since = Server.Time.GetUtcNow() - TimeSpan.FromHours(1);
        return Server.WithAsync<AuthDbContext, int>(db => db.LogEvents.CountAsync(
            e => e.Type == "sapi" && e.Date >= since && e.Description!.StartsWith(operation)));
    }
}
