using System.Net;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>
/// Logins in flight do not count as guesses, and parallel guesses get no more attempts than serial ones
/// (CVE-2023-33170).
/// </summary>
public sealed class ParallelLoginTests
{
    private const string Address = "grace@example.com";

    [Fact]
    public async Task Twenty_right_passwords_at_once_are_twenty_sign_ins()
    {
        await using var callers = new Callers();
        await callers.Server.AddUserAsync(Address, Callers.Password);
        await callers.ClientAsync();

        var events = await callers.Server.EventsOfAsync(async () =>
        {
            var logins = Enumerable.Range(0, 20).Select(_ => callers.TrySignInAsync(Address, "203.0.113.1"));
            Assert.All(await Task.WhenAll(logins), Assert.True);
        });

        Assert.Equal(20, events.Types().Count(type => type == "s"));
        Assert.DoesNotContain("limit_wc", events.Types());
    }

    [Fact]
    public async Task Guesses_that_run_at_the_same_time_share_one_budget()
    {
        var hashing = new HashingDouble();
        await using var callers = new Callers(hashing.Replace);
        await callers.Server.AddUserAsync(Address, Callers.Password);
        await callers.ClientAsync();

        // All of them have passed the first check of the budget before the first is counted.
        var gate = hashing.Close();
        var guesses = Enumerable.Range(0, 30)
            .Select(i => callers.TrySignInAsync(Address, "203.0.113.1", $"wrong {i}")).ToList();
        await hashing.UntilWaitingAsync(30);
        var events = await callers.Server.EventsOfAsync(async () =>
        {
            gate.SetResult();
            await Task.WhenAll(guesses);
        });

        var free = LoginRules.AccountFromAddress("", "").Free;
        var types = events.Where(e => e.ClientId is not null).Types().ToList();
        Assert.Equal(free, types.Count(type => type == "fp"));
        Assert.Equal(30 - free, types.Count(type => type == "limit_wc"));
    }

    [Theory]
    [InlineData(Address)]
    [InlineData("unknown@example.com")]
    public async Task A_guess_is_counted_before_its_answer_waits_as_long_as_an_imported_hash_takes(string name)
    {
        await using var callers = new Callers(new HashingDouble().Replace);
        await callers.Server.AddUserAsync(Address, Callers.Password);
        await callers.Server.ChangeAsync<Connection>(_ => true, c => c.SlowestImportedHash = 600_000);
        await callers.ClientAsync();

        var guess = callers.SendAsync(name, "wrong", "203.0.113.1");
        var hash = LoginRules.Address("203.0.113.1").Hash;
        await Eventually.UntilAsync(async () => await CountAsync() > 0, "The guess is not counted.");

        Assert.Equal(1, await CountAsync());
        Assert.True(await callers.TrySignInAsync(Address, "203.0.113.2"));
        Assert.False(guess.IsCompleted);

        Task<int> CountAsync() => callers.Server.WithAsync<AuthDbContext, int>(
            db => db.LoginCounters.Where(c => c.Hash == hash).SumAsync(c => c.Count));
    }

    [Fact]
    public async Task A_guess_at_an_imported_hash_that_took_as_long_waits_no_more()
    {
        var hashing = new HashingDouble { Imported = TimeSpan.FromMinutes(10) };
        await using var callers = new Callers(hashing.Replace);
        await callers.Server.AddUserAsync(Address, Callers.Password);
        await callers.Server.ChangeAsync<Connection>(_ => true, c => c.SlowestImportedHash = 600_000);

        Assert.False(await callers.TrySignInAsync(Address, "203.0.113.1", "wrong")
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_right_guess_that_ends_after_the_last_free_one_is_refused()
    {
        var hashing = new HashingDouble();
        await using var callers = new Callers(hashing.Replace);
        await callers.Server.AddUserAsync(Address, Callers.Password);
        await callers.GuessAsync(Address, "203.0.113.1", 9);

        var gate = hashing.Close();
        var right = callers.SendAsync(Address, Callers.Password, "203.0.113.1");
        await hashing.UntilWaitingAsync(1);
        hashing.Gate = null;
        await callers.GuessAsync(Address, "203.0.113.1", 1);
        gate.SetResult();
        using var answer = await right;

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
