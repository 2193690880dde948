using System.Net;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Registration;

/// <summary>RFC 7591 §5: open registration is limited (docs/security.md#clients-that-register-themselves).</summary>
public sealed class RegistrationLimitTests
{
    private const string Body = """{"redirect_uris":["https://app.example/cb"]}""";

    [Fact]
    public async Task The_eleventh_of_an_hour_is_too_many_whatever_address_it_claims()
    {
        await using var scenario = RegistrationScenario.With(("AuthServer:Registration:PerHour", "10"));
        for (var i = 0; i < 5; i++)
            Assert.Equal("invalid_redirect_uri", (await scenario.RegisterAsync("{}")).Error);
        for (var i = 0; i < 10; i++)
            Assert.Equal(
                HttpStatusCode.Created,
                (await scenario.RegisterAsync(Body, headers: ("X-Forwarded-For", $"203.0.113.{i}"))).Status);

        var refused = await scenario.RegisterAsync(Body, headers: ("X-Forwarded-For", "203.0.113.77"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_requests"), (refused.Status, refused.Error));
        Assert.Equal(TimeSpan.FromHours(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(10, await scenario.CountAsync());

        scenario.Server.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.Created, (await scenario.RegisterAsync(Body)).Status);
    }

    [Fact]
    public async Task All_addresses_together_have_a_limit_too()
    {
        await using var scenario = RegistrationScenario.With(
            ("AuthServer:Registration:PerHourInAll", "3"), ("AuthServer:TrustedProxies:0", "127.0.0.1"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
            statuses.Add((await scenario.RegisterAsync(Body, headers: ("X-Forwarded-For", $"203.0.113.{i}"))).Status);

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests],
            statuses);
    }

    [Fact]
    public async Task Many_at_once_are_as_many_clients_each_with_its_connection()
    {
        await using var scenario = new RegistrationScenario();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(n =>
                    scenario.RegisterAsync(
                        $$"""{"redirect_uris":["https://app{{n}}.example/cb"],"client_name":"App {{n}}"}"""
                    )));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal(100, answers.Select(answer => answer["client_id"]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(100, await scenario.CountAsync());
        Assert.Equal(
            100,
            await scenario.Server.WithAsync<AuthDbContext, int>(db =>
                db.Set<ConnectionClient>()
                    .CountAsync(c => db.Clients.Any(r => r.ClientId == c.ClientId && r.IsSelfRegistered))));
    }

    [Fact]
    public async Task A_parallel_crowd_gets_no_more_than_the_limit()
    {
        await using var scenario = RegistrationScenario.With(("AuthServer:Registration:PerHour", "7"));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => scenario.RegisterAsync(Body)));

        Assert.Equal(7, await scenario.CountAsync());
    }

    [Fact]
    public async Task Unused_clients_expire_and_used_ones_stay()
    {
        await using var scenario = new RegistrationScenario();
        var unused = await scenario.ClientAsync();
        var used = await scenario.PublicAsync();
        using var browser = new Browser(scenario.Server);
        await browser.OpenAsync(used.Authorize());
        await browser.SignInAsync();
        await browser.ClickAsync("consent-allow");
        Assert.NotNull(browser.Returned("code"));

        scenario.Server.Time.Advance(TimeSpan.FromDays(29));
        await RemoveAsync();
        Assert.Equal(2, await scenario.CountAsync());
        scenario.Server.Time.Advance(TimeSpan.FromDays(400));
        await RemoveAsync();

        Assert.Equal(1, await scenario.CountAsync());
        Assert.Equal(used.ClientId, (await scenario.StoredAsync(used.ClientId)).ClientId);
        await Assert.ThrowsAsync<InvalidOperationException>(() => scenario.StoredAsync(unused.ClientId));

        Task<int> RemoveAsync() =>
            scenario.Server.WithAsync<ExpiredRows, int>(rows =>
                rows.RemoveAsync(scenario.Server.Time.GetUtcNow(), CancellationToken.None));
    }

    [Fact]
    public async Task Of_too_many_unused_clients_the_newest_are_kept_and_those_of_the_last_day()
    {
        await using var scenario = RegistrationScenario.With(("AuthServer:Registration:MaxUnused", "2"));
        var clients = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            clients.Add((await scenario.ClientAsync()).ClientId);
            scenario.Server.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await RemoveAsync();
        Assert.Equal(4, await scenario.CountAsync());

        scenario.Server.Time.Advance(TimeSpan.FromDays(1));
        clients.Add((await scenario.ClientAsync()).ClientId);
        await RemoveAsync();
        Assert.Equal(clients.TakeLast(2), await scenario.Server.WithAsync<AuthDbContext, List<string>>(db => db.Clients
            .Where(client => client.IsSelfRegistered)
            .OrderBy(client => client.CreatedAt)
            .Select(client => client.ClientId)
            .ToListAsync()));

        Task<int> RemoveAsync() => scenario.Server.WithAsync<ExpiredRows, int>(
            rows => rows.RemoveAsync(scenario.Server.Time.GetUtcNow(), CancellationToken.None));
    }
}
