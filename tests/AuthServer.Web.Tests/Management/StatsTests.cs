using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Management.Clients;

namespace AuthServer.Web.Tests.Management;

/// <summary><c>/stats</c>, and when clients were last used: counted in the audit log.</summary>
public sealed class StatsTests(RecordedDays recorded) : IClassFixture<RecordedDays>
{
    private readonly ManagementScenario api = recorded.Api;

    [Fact]
    public async Task Every_day_of_the_range_has_its_logins_and_sign_ups()
    {
        var days = (await api.GetAsync("stats/daily?from=20300103&to=20300105")).List;

        Assert.Equal(
            [
                ("2030-01-03T00:00:00.000Z", 0, 0, null),
                ("2030-01-04T00:00:00.000Z", 1, 0, "2030-01-04T12:00:00.000Z"),
                ("2030-01-05T00:00:00.000Z", 0, 1, "2030-01-05T12:00:00.000Z"),
            ],
            days.Select(day => (
                (string?)day!["date"],
                (int?)day["logins"],
                (int?)day["signups"],
                (string?)day["created_at"])));
        Assert.Equal(0, (int?)days[0]!["leaked_passwords"]);
        Assert.Equal("2030-01-04T12:00:00.000Z", (string?)days[1]!["updated_at"]);
    }

    [Fact]
    public async Task The_last_thirty_days_are_the_default()
    {
        var days = (await api.GetAsync("stats/daily")).List;

        Assert.Equal(30, days.Count);
        Assert.Equal("2029-12-07T00:00:00.000Z", (string?)days[0]!["date"]);
        Assert.Equal("2030-01-05T00:00:00.000Z", (string?)days[^1]!["date"]);
        Assert.Equal(1, days.Sum(day => (int)day!["logins"]!));
    }

    [Theory]
    [InlineData("from=2030-01-03")]
    [InlineData("to=20300230")]
    [InlineData("from=20300105&to=20300104")]
    [InlineData("from=20000101")]
    public async Task A_range_that_is_none_or_too_long_is_refused(string query)
    {
        var answer = await api.GetAsync("stats/daily?" + query);

        Assert.Equal((400, "invalid_query_string"), (answer.Status, answer.Text("errorCode")));
    }

    [Theory]
    [InlineData("from=00010101&to=00010101")]
    [InlineData("to=00010102")]
    [InlineData("from=99991231&to=99991231")]
    public async Task The_ends_of_the_calendar_are_days(string query) =>
        Assert.Equal(200, (await api.GetAsync("stats/daily?" + query)).Status);

    [Fact]
    public async Task Active_users_are_those_who_logged_in_during_thirty_days()
    {
        await using var later = new ManagementScenario();
        await RecordedLogins.RecordAsync(later);

        Assert.Equal(1, (int)(await later.GetAsync("stats/active-users")).Json!);
        later.Server.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(0, (int)(await later.GetAsync("stats/active-users")).Json!);
    }

    [Theory]
    [InlineData("stats/daily")]
    [InlineData("stats/active-users")]
    public async Task Only_callers_with_read_stats_see_them(string path)
    {
        Assert.Equal(403, (await api.WithScopesAsync("read:logs", caller => caller.GetAsync(path))).Status);
        Assert.Equal(200, (await api.WithScopesAsync("read:stats", caller => caller.GetAsync(path))).Status);
    }

    [Fact]
    public async Task The_last_use_of_clients_is_their_last_login_or_token()
    {
        await using var used = new ManagementScenario();
        var unused = await used.NewClientAsync();
        await GetTokenAsync(used);
        used.Server.Time.Advance(TimeSpan.FromDays(1));
        await GetTokenAsync(used);
        var last = used.Server.Time.GetUtcNow();
        used.Server.Time.Advance(TimeSpan.FromDays(1));
        await used.NewClientAsync();

        var uses = await used.Server.WithAsync<ClientActivity, IReadOnlyDictionary<string, DateTimeOffset>>(
            activity => activity.LastUsesAsync([TestServer.ClientId, unused], CancellationToken.None));

        Assert.Equal([KeyValuePair.Create(TestServer.ClientId, last)], uses);
    }

    private static Task GetTokenAsync(ManagementScenario api) => new OAuth(api.Server).PostAsync(
        "/oauth/token",
        ("grant_type", "client_credentials"),
        ("client_id", TestServer.ClientId),
        ("client_secret", TestServer.ClientSecret),
        ("audience", api.Server.Issuer.Value + "api/v2/"));
}

/// <summary>The logins of <see cref="RecordedLogins"/>, and a sign-up on the day after.</summary>
public sealed class RecordedDays : IAsyncLifetime
{
    public ManagementScenario Api { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await RecordedLogins.RecordAsync(Api);
        Api.Server.Time.Advance(TimeSpan.FromDays(1));
        var client = await Api.Server.AddPublicClientAsync(c => c.Name = "Sign-ups");
        using var http = Api.Server.NewHttp();
        var body = new JsonObject
        {
            ["client_id"] = client.ClientId,
            ["connection"] = Connection.DefaultDatabase,
            ["email"] = "new@example.com",
            ["password"] = "a long enough one",
        };
        using var answer = await http.PostAsJsonAsync("/dbconnections/signup", body);
        answer.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
