using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Startup;
using AuthServer.Web.Telemetry;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Http;

/// <summary>
/// ASP.NET Core Identity's hasher: PBKDF2-HMAC-SHA512, 220,000 iterations
/// (docs/security.md#passwords-and-logins-asvs-611). One core less than there are, on threads of their own, so that
/// tokens keep flowing while passwords are hashed; what waits for one waits in the <see cref="PasswordQueue"/>.
/// </summary>
public sealed class PasswordHashing : IPasswordHashing
{
    public const int Iterations = 220_000;
    private static readonly object AnyUser = new();

    private readonly PasswordHasher<object> hasher;
    private readonly PasswordQueue queue;
    private readonly IHttpContextAccessor accessor;
    private readonly TimeProvider time;

    /// <summary>Stands for a hash where there is none; made once, so that each attempt costs one.</summary>
    private readonly string dummy;

    public PasswordHashing(
        IOptions<PasswordHasherOptions> hashing,
        ServerOptions options,
        IHttpContextAccessor accessor,
        TimeProvider time)
    {
        var cores = Math.Max(1, Environment.ProcessorCount - 1);
        (this.accessor, this.time) = (accessor, time);
        hasher = new PasswordHasher<object>(hashing);
        queue = new PasswordQueue(cores, options.PasswordHashing.MaxWaitingOf(cores));
        dummy = hasher.HashPassword(AnyUser, "a password of no user");
    }

    /// <summary>How many passwords wait for a core.</summary>
    public int Waiting => queue.Waiting;

    public async Task<string> HashAsync(string password, CancellationToken ct) =>
        await OnACoreAsync(() => hasher.HashPassword(AnyUser, password), ct);

    public async Task<PasswordVerdict> VerifyAsync(string? hash, string password, CancellationToken ct)
    {
        var verdict = await OnACoreAsync(() => hasher.VerifyHashedPassword(AnyUser, hash ?? dummy, password), ct);
        return (hash, verdict) switch
        {
            (null, _) => PasswordVerdict.Wrong,
            (_, PasswordVerificationResult.Success) => PasswordVerdict.Right,
            (_, PasswordVerificationResult.SuccessRehashNeeded) => PasswordVerdict.RightButOutdated,
            _ => PasswordVerdict.Wrong,
        };
    }

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
