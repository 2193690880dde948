using AuthServer.Core;
using AuthServer.Core.Users;

namespace AuthServer.Storage.Tests.Users;

/// <summary>A parallel thousand gets no more tries than a serial one (CVE-2023-33170).</summary>
public sealed class AttemptCounterTests(TestStore store) : IClassFixture<TestStore>
{
    private readonly AttemptBudget budget = new(OpaqueToken.Alphanumeric(20), 10, TimeSpan.FromMinutes(15));

    [Fact]
    public async Task Of_a_hundred_parallel_attempts_ten_are_let_through()
    {
        var attempts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => TakeAsync(TestStore.Now)));

        Assert.Equal(10, attempts.Count(taken => taken));
    }

    [Fact]
    public async Task A_lock_ends_with_its_window_also_during_further_attempts()
    {
        for (var i = 0; i < 15; i++)
            await TakeAsync(TestStore.Now.AddMinutes(i));

        Assert.False(await TakeAsync(TestStore.Now.AddMinutes(14)));
        Assert.True(await TakeAsync(TestStore.Now.AddMinutes(15)));
    }

    [Fact]
    public async Task When_one_budget_is_used_up_the_others_are_not_charged()
    {
        var (small, large) = (
            budget with
            {
                Key = budget.Key + "s",
                Max = 1,
            },
            budget with
            {
                Key = budget.Key + "l",
                Max = 2,
            });
        await TakeAsync([large, small]);
        await TakeAsync([large, small]);

        Assert.True(await TakeAsync([large]));
    }

    [Fact]
    public async Task An_attempt_can_be_given_back()
    {
        for (var i = 0; i < 10; i++)
            await TakeAsync(TestStore.Now);
        await store.AskAsync<IAttemptCounters, int>(async s =>
        {
            await s.GiveBackAsync([budget], CancellationToken.None);
            return 0;
        });
        Assert.True(await TakeAsync(TestStore.Now));
        Assert.False(await TakeAsync(TestStore.Now));
    }

    private Task<bool> TakeAsync(DateTimeOffset now) =>
        store.AskAsync<IAttemptCounters, bool>(s => s.TryTakeAsync([budget], now, CancellationToken.None));

    private Task<bool> TakeAsync(IReadOnlyList<AttemptBudget> budgets) =>
        store.AskAsync<IAttemptCounters, bool>(s => s.TryTakeAsync(budgets, TestStore.Now, CancellationToken.None));
}
