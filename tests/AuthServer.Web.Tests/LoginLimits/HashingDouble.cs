using AuthServer.Core.Users;
using AuthServer.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>
/// Replaces the slow hash: counts the verifications, delays them, reports a full queue, outdated hashes, or the time of
/// an imported one.
/// </summary>
internal sealed class HashingDouble : IPasswordHashing
{
    private readonly List<(string? Hash, string Password)> verified = [];
    private int waiting;

    /// <summary>Verified hashes; null is the one of an unknown user.</summary>
    public IReadOnlyList<(string? Hash, string Password)> Verified
    {
        get
        {
            lock (verified)
                return [.. verified];
        }
    }

    public bool IsFull { get; set; }

    /// <summary>A hash is outdated unless it is of this generation.</summary>
    public string? Newest { get; set; }

    /// <summary>Task that every verification waits for; none when null.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>The time that the hash of another server is said to have taken.</summary>
    public TimeSpan Imported { get; set; }

    /// <summary>Makes every verification wait from now on, until the result is set.</summary>
    public TaskCompletionSource Close() =>
        Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Replace(IServiceCollection services)
    {
        services.RemoveAll<IPasswordHashing>();
        services.AddSingleton<IPasswordHashing>(this);
    }

    /// <summary>Waits until so many verifications wait at the gate.</summary>
    public async Task UntilWaitingAsync(int count)
    {
        await Eventually.UntilAsync(
            () => Volatile.Read(ref waiting) >= count, $"Fewer than {count} verifications wait.");
        Assert.Equal(count, Volatile.Read(ref waiting));
    }

    public Task<string> HashAsync(string password, CancellationToken ct) =>
        IsFull ? throw new PasswordQueueFullException() : Task.FromResult($"{Newest}hash of {password}");

    public async Task<PasswordCheck> VerifyAsync(string? hash, string password, CancellationToken ct)
    {
        if (IsFull)
            throw new PasswordQueueFullException();
        lock (verified)
            verified.Add((hash, password));
        Interlocked.Increment(ref waiting);
        if (Gate is { } gate)
            await gate.Task.WaitAsync(ct);
        Interlocked.Decrement(ref waiting);
        if (hash?.EndsWith("hash of " + password, StringComparison.Ordinal) != true)
            return new(PasswordVerdict.Wrong, Imported);
        return hash == $"{Newest}hash of {password}" ? new(PasswordVerdict.Right, Imported)
            : new(PasswordVerdict.RightButOutdated, Imported);
    }
}
