using AuthServer.Core.Users;
using AuthServer.Web.Telemetry;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Http;

/// <summary>
/// ASP.NET Core Identity's hasher: PBKDF2-HMAC-SHA512, 220,000 iterations
/// (docs/security.md#passwords-and-logins-asvs-611). Always a core less than there are, and on threads of their own, so
/// that tokens keep flowing while logins burn.
/// </summary>
public sealed class PasswordHashing(IOptions<PasswordHasherOptions> options, TimeProvider time) : IPasswordHashing, IDisposable
{
    public const int Iterations = 220_000;
    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> hasher = new(options);
    private readonly SemaphoreSlim cores = new(Math.Max(1, Environment.ProcessorCount - 1));
    private string? dummy;
    private int waiting;

    /// <summary>How many passwords wait for a core.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public async Task<string> HashAsync(string password, CancellationToken ct) =>
        await OnACoreAsync(() => hasher.HashPassword(Nobody, password), ct);

    public async Task<PasswordVerdict> VerifyAsync(string? hash, string password, CancellationToken ct)
    {
        var verdict = await OnACoreAsync(
            () => hasher.VerifyHashedPassword(Nobody, hash ?? (dummy ??= hasher.HashPassword(Nobody, "nobody's")), password), ct);
        return (hash, verdict) switch
        {
            (null, _) => PasswordVerdict.Wrong,
            (_, PasswordVerificationResult.Success) => PasswordVerdict.Right,
            (_, PasswordVerificationResult.SuccessRehashNeeded) => PasswordVerdict.RightButOutdated,
            _ => PasswordVerdict.Wrong,
        };
    }

    public void Dispose() => cores.Dispose();

    private async Task<T> OnACoreAsync<T>(Func<T> work, CancellationToken ct)
    {
        await WaitAsync(ct);
        var started = time.GetTimestamp();
        using var activity = Instruments.Activities.StartActivity("hash a password");
        try
        {
            return await Task.Factory.StartNew(work, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            cores.Release();
            Instruments.HashedPassword(time.GetElapsedTime(started));
        }
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await cores.WaitAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
