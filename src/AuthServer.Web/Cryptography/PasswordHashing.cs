using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Startup;
using AuthServer.Web.Telemetry;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Cryptography;

/// <summary>
/// ASP.NET Core Identity's hasher: PBKDF2-HMAC-SHA512, 220,000 iterations
/// (docs/security.md#passwords-and-logins-asvs-611). One core less than there are, on threads of their own, so that
/// tokens keep flowing while passwords are hashed; what waits for one waits in the <see cref="PasswordQueue"/>.
/// </summary>
public sealed class PasswordHashing(
    IOptions<PasswordHasherOptions> hashing, ServerOptions options, IHttpContextAccessor accessor, TimeProvider time)
    : IPasswordHashing
{
    public const int Iterations = 220_000;
    private static readonly int Cores = Math.Max(1, Environment.ProcessorCount - 1);
    private static readonly object AnyUser = new();

    private readonly PasswordHasher<object> hasher = new(hashing);
    private readonly PasswordQueue queue = new(Cores, options.PasswordHashing.MaxWaitingOf(Cores));

    /// <summary>How many passwords wait for a core.</summary>
    public int Waiting => queue.Waiting;

    public async Task<string> HashAsync(string password, CancellationToken ct) =>
        await OnACoreAsync(() => hasher.HashPassword(AnyUser, password), ct);

    public async Task<PasswordVerdict> VerifyAsync(
        string? hash, string password, TimeSpan slowestImport, CancellationToken ct)
    {
        var (verdict, spent) = await OnACoreAsync(() => Verify(hash, password), ct);
        if (verdict == PasswordVerdict.Wrong && spent < slowestImport)
            await Task.Delay(slowestImport - spent, time, ct);
        return verdict;
    }

    /// <summary>Derives this server's key whenever the answer is no, also for an account without such a key.</summary>
    /// <returns>The verdict, and the time that an imported hash took besides.</returns>
    private (PasswordVerdict Verdict, TimeSpan Spent) Verify(string? hash, string password)
    {
        if (hash is null or PasswordCredential.NoPassword)
            return (VerifyNothing(password), TimeSpan.Zero);
        if (LayeredHash.Find(hash) is { } layered)
        {
            return Compare(layered.Stored, layered.Of(password)) == PasswordVerdict.Wrong
                ? (PasswordVerdict.Wrong, TimeSpan.Zero)
                : (PasswordVerdict.RightButOutdated, TimeSpan.Zero);
        }

        if (!ImportedHash.Is(hash))
            return (Compare(hash, password), TimeSpan.Zero);
        var started = time.GetTimestamp();
        if (ImportedHash.Verify(hash, password))
            return (PasswordVerdict.RightButOutdated, TimeSpan.Zero);
        var spent = time.GetElapsedTime(started);
        return (VerifyNothing(password), spent);
    }

    private PasswordVerdict VerifyNothing(string password)
    {
        hasher.HashPassword(AnyUser, password);
        return PasswordVerdict.Wrong;
    }

    private PasswordVerdict Compare(string hash, string password) =>
        hasher.VerifyHashedPassword(AnyUser, hash, password) switch
        {
            PasswordVerificationResult.Success => PasswordVerdict.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordVerdict.RightButOutdated,
            _ => PasswordVerdict.Wrong,
        };

    private async Task<T> OnACoreAsync<T>(Func<T> work, CancellationToken ct)
    {
        await queue.EnterAsync(ClientAddress.Of(accessor.HttpContext?.Connection.RemoteIpAddress), ct);
        var started = time.GetTimestamp();
        using var activity = Instruments.Activities.StartActivity("hash a password");
        try
        {
            return await Task.Factory.StartNew(work, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            queue.Leave();
            Instruments.HashedPassword(time.GetElapsedTime(started));
        }
    }
}
