using System.Net.Http.Headers;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary><c>/logs</c>, <c>/logs/{id}</c> and <c>/users/{id}/logs</c>.</summary>
public sealed class LogTests(RecordedLogins recorded) : IClassFixture<RecordedLogins>
{
    private readonly ManagementScenario api = recorded.Api;
    private readonly string user = recorded.User;

    [Fact]
    public async Task An_event_has_Auth0s_members_and_none_without_a_value()
    {
        var login = (await api.GetAsync("logs?q=type:s")).List.Single()!.AsObject();

        Assert.Equal(
            [
                "_id", "client_id", "client_name", "connection", "connection_id", "date", "description", "hostname",
                "ip", "isMobile", "log_id", "type", "user_id", "user_name",
            ],
            login.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ("s", user, "grace@example.com", "Appointments"),
            (Text("type"), Text("user_id"), Text("user_name"), Text("client_name")));
        Assert.Equal("2030-01-04T12:00:00.000Z", Text("date"));
        Assert.StartsWith("90020300104120000000", Text("log_id"), StringComparison.Ordinal);
        Assert.Equal(Text("log_id"), Text("_id"));

        string Text(string name) => login[name]!.GetValue<string>();
    }

    [Fact]
    public async Task The_newest_come_first_page_by_page_with_totals()
    {
        var page = await api.GetAsync("logs?per_page=2&page=1&include_totals=true&fields=type&include_fields=true");

        Assert.Equal((2, 2, 2, 4), (Number("start"), Number("limit"), Number("length"), Number("total")));
        Assert.Equal(["fp", "sapi"], page["logs"]!.AsArray().Select(e => e!["type"]!.GetValue<string>()));
        Assert.All(page["logs"]!.AsArray(), e => Assert.Single(e!.AsObject()));
        Assert.Equal(["sapi", "fp", "fp", "s"], Types(await api.GetAsync("logs?sort=date:1")));

        int Number(string name) => page[name]!.GetValue<int>();
    }

    [Fact]
    public async Task A_copy_reads_on_from_the_last_event_by_the_link_it_is_given()
    {
        await using var fresh = new ManagementScenario();
        await RecordedLogins.RecordAsync(fresh);
        var first = await ReadAsync(fresh, "/api/v2/logs?take=3");
        Assert.Equal(["sapi", "fp", "fp"], Types(first.Answer));

        var second = await ReadAsync(fresh, first.Next);
        Assert.Equal(["s"], Types(second.Answer));
        var end = await ReadAsync(fresh, second.Next);
        Assert.Empty(end.Answer.List);
        Assert.Equal(second.Next, end.Next);

        await fresh.NewClientAsync();
        Assert.Equal(["sapi"], Types((await ReadAsync(fresh, end.Next)).Answer));
        Assert.Equal(400, (await api.GetAsync("logs?from=nonsense")).Status);
    }

    [Theory]
    [InlineData("type:fp", 2)]
    [InlineData("type:fp OR type:s", 3)]
    [InlineData("type:f*", 2)]
    [InlineData("NOT type:sapi AND connection:\"Username-Password-Authentication\"", 3)]
    [InlineData("user_name:grace@example.com AND ip:127.0.0.1", 3)]
    [InlineData("client_id:BootstrapClient00000000000000001", 1)]
    [InlineData("date:2030-01-03", 1)]
    [InlineData("date:[2030-01-02 TO 2030-01-03]", 2)]
    [InlineData("date:{2030-01-02 TO *}", 2)]
    [InlineData("date:[2030-01-03T12:00:00.000Z TO *]", 2)]
    [InlineData("date:9999-12-31", 0)]
    [InlineData("date:9999-12-31T23:59:59.9999999Z", 0)]
    [InlineData("date:0001-01-01", 0)]
    [InlineData("_exists_:user_id", 3)]
    [InlineData("type:(s OR fp)", 3)]
    [InlineData("type:S", 0)]
    [InlineData("-type:sapi +ip:127.*", 3)]
    [InlineData("!_exists_:user_id && type:sapi", 1)]
    [InlineData("user_name:*race*", 3)]
    [InlineData("user_name:gra*com", 3)]
    [InlineData("client_name:Appoint*", 3)]
    [InlineData("connection:*sername-Pass*", 3)]
    [InlineData("grace@example.com", 3)]
    [InlineData("s", 1)]
    [InlineData("127.0*", 4)]
    [InlineData("date:[2030-01 TO 2030-01-03}", 2)]
    [InlineData("date:[2030-01-03T12:00 TO 2030-01-04T12:00:00.000Z}", 1)]
    public async Task Events_are_found(string q, int found)
    {
        Assert.Equal(found, (await api.GetAsync("logs?q=" + Uri.EscapeDataString(q))).List.Count);
        Assert.Equal(found, (await api.GetAsync("logs?search=" + Uri.EscapeDataString(q))).List.Count);
    }

    [Theory]
    [InlineData("q=details:x")]
    [InlineData("q=user_email:x")]
    [InlineData("q=user_name:*ce")]
    [InlineData("q=type:a%20AND")]
    [InlineData("q=log_id:900*")]
    [InlineData("q=date:yesterday")]
    [InlineData("q=date:[2030-01-01%20TO%20]")]
    [InlineData("sort=details:1")]
    public async Task An_invalid_query_is_refused(string query) =>
        Assert.Equal(
            (400, "invalid_query_string"),
            await api.GetAsync("logs?" + query) is var answer ? (answer.Status, answer.Text("errorCode")) : default);

    [Fact]
    public async Task One_event_is_found_by_its_id_and_by_nothing_like_it()
    {
        var id = (await api.GetAsync("logs")).List[0]!["log_id"]!.GetValue<string>();

        Assert.Equal(id, (await api.GetAsync("logs/" + id)).Text("log_id"));
        Assert.Equal(
            ("log_not_found", 404),
            await api.GetAsync("logs/" + id.Replace("2030", "2031", StringComparison.Ordinal)) is var other
                ? (other.Text("errorCode"), other.Status)
                : default);
        Assert.Equal(404, (await api.GetAsync("logs/nonsense")).Status);
        Assert.Equal(id, (await api.GetAsync($"logs?q=log_id:{id}")).List.Single()!["log_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_user_has_the_events_about_them()
    {
        Assert.Equal(["s", "fp", "fp"], Types(await api.GetAsync($"users/{Uri.EscapeDataString(user)}/logs")));
        Assert.Equal(404, (await api.GetAsync("users/auth0%7Cnobody/logs")).Status);
    }

    [Fact]
    public async Task Reading_logs_needs_the_scope()
    {
        foreach (var path in (string[])["logs", "logs/x", "users/x/logs"])
        {
            Assert.Equal(403, (await api.WithScopesAsync("read:users", caller => caller.GetAsync(path))).Status);
            Assert.NotEqual(
                403, (await api.WithScopesAsync("read:logs_users", caller => caller.GetAsync(path))).Status);
        }
    }

    private static IEnumerable<string> Types(ManagementAnswer answer) =>
        answer.List.Select(e => e!["type"]!.GetValue<string>());

    private static async Task<(ManagementAnswer Answer, string Next)> ReadAsync(ManagementScenario api, string path)
    {
        using var http = api.Server.NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await api.TokenAsync());
        using var response = await http.SendAsync(request);
        var link = Assert.Single(response.Headers.GetValues("Link"));
        Assert.EndsWith("; rel=\"next\"", link, StringComparison.Ordinal);
        return (new ManagementAnswer(
                (int)response.StatusCode,
                System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync()),
                NoStore: true),
            new Uri(link.Split('<', '>')[1]).PathAndQuery);
    }
}

/// <summary>A user who was made, failed twice and got in, a day apart.</summary>
public sealed class RecordedLogins : IAsyncLifetime
{
    public ManagementScenario Api { get; } = new();

    public string User { get; private set; } = "";

    public async ValueTask InitializeAsync() => User = await RecordAsync(Api);

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    public static async Task<string> RecordAsync(ManagementScenario api)
    {
        var user = await api.NewUserAsync("grace@example.com");
        var client = await api.Server.AddPublicClientAsync();
        using var browser = new Browser(api.Server);
        foreach (var password in (string[])["wrong", "wrong", "a long enough one"])
        {
            api.Server.Time.Advance(TimeSpan.FromDays(1));
            await browser.OpenAsync(client.Authorize());
            await browser.SignInAsync("grace@example.com", password);
        }

        return user;
    }
}
