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

    public async Task<PasswordCheck> VerifyAsync(string? hash, string password, CancellationToken ct) =>
        await OnACoreAsync(() => Verify(hash, password), ct);

    /// <summary>Derives this server's key in each case, also for an account without such a key.</summary>
    private PasswordCheck Verify(string? hash, string password)
    {
        if (hash is null or PasswordCredential.NoPassword)
        {
            hasher.HashPassword(AnyUser, password);
            return new(PasswordVerdict.Wrong);
        }

        if (LayeredHash.Find(hash) is { } layered)
            return new(OfImported(Compare(layered.Stored, layered.Of(password)) != PasswordVerdict.Wrong));
        if (!ImportedHash.Is(hash))
            return new(Compare(hash, password));
        var started = time.GetTimestamp();
        var isRight = ImportedHash.Verify(hash, password);
        var imported = time.GetElapsedTime(started);
        var own = hasher.HashPassword(AnyUser, password);
        return new(OfImported(isRight), imported, isRight ? own : null);
    }

    private static PasswordVerdict OfImported(bool isRight) =>
        isRight ? PasswordVerdict.RightButOutdated : PasswordVerdict.Wrong;

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
