using System.Text.Json.Nodes;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Logs;

/// <summary>Each acknowledged change has its event, and none is there for what was not done.</summary>
public sealed class ChangeEventTests : IAsyncLifetime
{
    private readonly ManagementScenario api = new();

    private TestServer Server => api.Server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Every_write_of_the_Management_API_is_recorded_and_no_read()
    {
        var events = await Server.EventsOfAsync(async () =>
        {
            var id = await api.NewClientAsync(
                "\"client_secret\":\"a-secret-of-the-callers-own-choice-and-long-enough\"");
            await api.PatchAsync($"clients/{id}", """{"name":"Another name"}""");
            await api.GetAsync($"clients/{id}");
            await api.DeleteAsync($"clients/{id}");
        });

        Assert.Equal(["sapi", "sapi", "sapi"], events.Types());
        Assert.Equal(
            ["POST /api/v2/clients", "PATCH /api/v2/clients/{id}", "DELETE /api/v2/clients/{id}"],
            events.Select(e => e.Description));
        Assert.Equal(
            [201, 200, 204],
            events.Select(e => JsonNode.Parse(e.Details!)!["response"]!["statusCode"]!.GetValue<int>()));
        Assert.All(events, e => Assert.Equal(TestServer.ClientId, e.ClientId));
        Assert.DoesNotContain(
            events,
            e =>
                e.Details!.Contains("secret", StringComparison.Ordinal)
                || e.Details.Contains("Another", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "clients", """{"nonsense":1}""", 400)]
    [InlineData("PATCH", "clients/nobody", """{"name":"x"}""", 404)]
    [InlineData("POST", "clients", "not json", 400)]
    public async Task A_refused_write_is_a_failed_operation(string method, string path, string body, int status)
    {
        var failed = Assert.Single(await Server.EventsOfAsync(() => api.SendAsync(new HttpMethod(method), path, body)));

        Assert.Equal(
            ("fapi", status),
            (failed.Type, JsonNode.Parse(failed.Details!)!["response"]!["statusCode"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_write_without_the_scope_or_a_token_is_a_failed_operation()
    {
        var events = await Server.EventsOfAsync(async () =>
        {
            await api.WithScopesAsync("read:clients", caller => caller.PostAsync("clients", """{"name":"x"}"""));
            await api.SendAsync(HttpMethod.Delete, "clients/x", token: "nonsense");
        });

        Assert.Equal(["fapi", "fapi"], events.Types());
        Assert.Equal([TestServer.ClientId, null], events.Select(e => e.ClientId));
    }

    [Fact]
    public async Task A_client_that_registers_itself_is_recorded_and_one_that_is_refused_too()
    {
        await using var registration = new RegistrationScenario();

        var events = await registration.Server.EventsOfAsync(async () =>
        {
            await registration.ClientAsync("\"client_name\":\"A stranger\"");
            await registration.RegisterAsync("""{"redirect_uris":["javascript:alert(1)"]}""");
        });

        Assert.Equal(["sapi", "fapi"], events.Types());
        Assert.Equal(("Dynamic client registration", "A stranger"), (events[0].Description, events[0].ClientName));
    }

    [Fact]
    public async Task A_change_whose_event_cannot_be_written_is_not_acknowledged()
    {
        await WithoutTheTableAsync(async () =>
        {
            Assert.Equal(503, (await api.PostAsync("clients", """{"name":"x"}""")).Status);
            using var browser = new Browser(Server);
            await browser.OpenAsync((await Server.AddPublicClientAsync()).Authorize());
            await browser.SignInAsync();
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, browser.Status);
            Assert.False(browser.Cookies.ContainsKey("sid"));
        });

        Assert.Equal(201, (await api.PostAsync("clients", """{"name":"x"}""")).Status);
    }

    [Fact]
    public async Task Tokens_flow_on_while_the_log_cannot_be_written()
    {
        var machine = await Server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);
        await Server.AddApiAsync();
        await Server.AddClientGrantAsync(machine.ClientId, TestData.Api, "read:items");

        await WithoutTheTableAsync(async () =>
            Assert.NotNull(
                (await new OAuth(Server).TokenAsync(
                        machine, ("grant_type", "client_credentials"), ("audience", TestData.Api)))["access_token"]));
    }

    [Fact]
    public async Task A_server_that_stops_writes_what_it_still_has()
    {
        using var directory = new TemporaryDirectory();
        await using (var first = new TestServer(directory.Path))
            await new OAuth(first).PostAsync(
                "/oauth/token", ("grant_type", "client_credentials"), ("client_id", "nobody"), ("client_secret", "x"));

        await using var second = new TestServer(directory.Path);

        Assert.Equal("feccft", Assert.Single(await second.EventsAsync()).Type);
    }

    [Fact]
    public async Task Events_go_when_they_are_old()
    {
        await api.PostAsync("clients", """{"name":"old"}""");
        Server.Time.Advance(TimeSpan.FromDays(29));
        await api.PostAsync("clients", """{"name":"young"}""");
        Assert.Equal(2, (await Server.EventsAsync()).Count);

        Server.Time.Advance(TimeSpan.FromDays(2));
        await Server.WithAsync<ExpiredRows, int>(rows =>
            rows.RemoveAsync(Server.Time.GetUtcNow(), CancellationToken.None));

        Assert.Single(await Server.EventsAsync());
    }

    private async Task WithoutTheTableAsync(Func<Task> doing)
    {
        await Server.WithAsync<AuthDbContext, int>(db =>
            db.Database.ExecuteSqlAsync($"ALTER TABLE log_events RENAME TO away"));
        await doing();
        await Server.WithAsync<AuthDbContext, int>(db =>
            db.Database.ExecuteSqlAsync($"ALTER TABLE away RENAME TO log_events"));
    }
}
