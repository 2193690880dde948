using System.Text;
using System.Text.Json;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Jobs;
using AuthServer.Web.Logs;

namespace AuthServer.Web.Tests.Logs;

/// <summary>docs/security.md#what-anyone-can-cause: a flood of refusals leaves a few events, and a count.</summary>
public sealed class RefusalFloodTests : IAsyncLifetime
{
    private const int Flood = 300;
    private const int MaxEventBytes = 4_096;

    private readonly TestServer server = new(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["AuthServer:Logs:RefusalsPerKind"] = "5",
    });

    private readonly string longText = new('語', 2_000);
    private HttpClient http = null!;

    public ValueTask InitializeAsync()
    {
        http = server.NewHttp();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_flood_of_refusals_is_a_few_events_and_a_count()
    {
        await FloodAsync("flo", () => http.GetAsync("/oidc/logout?client_id=nobody"));

        Assert.Equal(RefusalLimiter.MaxPerAddress, (await server.EventsAsync()).Count(e => e.Type == "flo"));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var summary = await server.EventAsync("flo", e => e.Details!.Contains("count", StringComparison.Ordinal));
        var counted = JsonDocument.Parse(summary.Details!).RootElement.GetProperty("count").GetInt32();
        Assert.Equal(Flood - RefusalLimiter.MaxPerAddress, counted);

        await http.GetAsync("/oidc/logout?client_id=nobody");
        Assert.Equal(RefusalLimiter.MaxPerAddress + 2, (await server.EventsAsync()).Count(e => e.Type == "flo"));
    }

    [Fact]
    public async Task A_flood_of_one_kind_hides_no_other()
    {
        await FloodAsync("flo", () => http.GetAsync("/v2/logout?client_id=nobody"));

        var events = await server.EventsOfAsync(FailAtTokenEndpointAsync);

        Assert.Equal("feccft", Assert.Single(events).Type);
    }

    [Fact]
    public async Task An_event_is_small_whatever_the_caller_sends()
    {
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", new string('u', 8_000));
        var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", longText),
            new("audience", longText), new("scope", longText),
        ]);
        await http.PostAsync("/oauth/token", form);
        await http.GetAsync("/oidc/logout?client_id=" + new string('c', 8_000));
        var escaped = string.Concat(Enumerable.Repeat("%01%22", 1_000));
        await http.PostAsync($"/api/v2/clients/{escaped}/rotate-secret", content: null);

        var events = (await server.EventsAsync()).Where(e => e.IsRefusal).ToList();
        Assert.Equal(3, events.Count);
        Assert.All(events, e => Assert.InRange(BytesOf(e), 1, MaxEventBytes));
    }

    [Fact]
    public async Task Too_many_refusals_of_a_kind_push_out_the_oldest_of_that_kind_only()
    {
        await FailAtTokenEndpointAsync();
        for (var i = 0; i < 8; i++)
            await http.GetAsync($"/oidc/logout?client_id=nobody{i}");
        var before = await server.EventsAsync();

        var now = server.Time.GetUtcNow();
        await server.WithAsync<ExpiredRows, int>(rows => rows.RemoveAsync(now, CancellationToken.None));

        var newest = before.Where(e => e.Type == "flo").Skip(3).Select(e => e.Id);
        var others = before.Where(e => e.Type != "flo").Select(e => e.Id);
        Assert.Equal(newest.Concat(others).Order(), (await server.EventsAsync()).Select(e => e.Id));
        Assert.Contains("feccft", before.Types());
    }

    [Fact]
    public async Task Counted_refusals_are_recorded_at_the_stop()
    {
        using var directory = new TemporaryDirectory();
        await using (var first = new TestServer(directory.Path))
        {
            using var caller = first.NewHttp();
            for (var i = 0; i < RefusalLimiter.MaxPerAddress + 3; i++)
                await caller.GetAsync("/oidc/logout?client_id=nobody");
        }

        await using var second = new TestServer(directory.Path);
        var descriptions = (await second.EventsAsync()).Where(e => e.Type == "flo").Select(e => e.Description!);
        Assert.Contains(descriptions, description => description.StartsWith("3 more", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_that_a_caller_without_credentials_can_cause_is_a_refusal()
    {
        var kinds = typeof(LogEventTypes).GetProperties()
            .Select(property => property.GetValue(null))
            .OfType<LogEventType>()
            .Where(kind => kind.Meaning.StartsWith("Failed", StringComparison.Ordinal) && !kind.IsChange)
            .ToList();

        Assert.NotEmpty(kinds);
        Assert.All(
            kinds,
            kind => Assert.True(kind.IsRefusal || kind.Code is "fn" or "oidc_backchannel_logout_failed", kind.Meaning));
    }

    private Task<HttpResponseMessage> FailAtTokenEndpointAsync() => http.PostAsync(
        "/oauth/token",
        new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "nobody")]));

    private async Task FloodAsync(string kind, Func<Task<HttpResponseMessage>> request)
    {
        for (var i = 0; i < Flood; i++)
            (await request()).Dispose();
        Assert.Contains(await server.EventsAsync(), e => e.Type == kind);
    }

    private static int BytesOf(LogEvent logged) => typeof(LogEvent).GetProperties()
        .Where(property => property.PropertyType == typeof(string))
        .Sum(property => Encoding.UTF8.GetByteCount((string?)property.GetValue(logged) ?? ""));
}
