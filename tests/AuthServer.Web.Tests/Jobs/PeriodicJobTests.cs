using System.Threading.Channels;
using AuthServer.Web.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AuthServer.Web.Tests.Jobs;

/// <summary>The loop of the jobs.</summary>
public sealed class PeriodicJobTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_round_that_failed_is_followed_by_the_next()
    {
        var ct = TestContext.Current.CancellationToken;
        var time = new Clock();
        await using var services = new ServiceCollection().BuildServiceProvider();
        using var job = new FailsOnce(services.GetRequiredService<IServiceScopeFactory>(), time);
        await job.StartAsync(ct);
        await time.HasTimer;

        time.Advance(Interval - TimeSpan.FromTicks(1));
        Assert.False(job.Rounds.TryRead(out _));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, await job.Rounds.ReadAsync(ct));
        time.Advance(Interval);
        Assert.Equal(2, await job.Rounds.ReadAsync(ct));
        await job.StopAsync(ct);

        Assert.True(job.ExecuteTask!.IsCanceled);
    }

    /// <summary>The job makes its timer on a thread of its own.</summary>
    private sealed class Clock : FakeTimeProvider
    {
        private readonly TaskCompletionSource made = new();

        public Task HasTimer => made.Task;

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            made.TrySetResult();
            return timer;
        }
    }

    private sealed class FailsOnce(IServiceScopeFactory scopes, TimeProvider time)
        : PeriodicJob(Interval, scopes, time, NullLogger.Instance)
    {
        private readonly Channel<int> rounds = Channel.CreateUnbounded<int>();
        private int count;

        public ChannelReader<int> Rounds => rounds.Reader;

        protected override Task RunAsync(IServiceProvider services, CancellationToken ct)
        {
            rounds.Writer.TryWrite(++count);
            return count == 1 ? throw new OperationCanceledException("A timeout of the round.") : Task.CompletedTask;
        }
    }
}
