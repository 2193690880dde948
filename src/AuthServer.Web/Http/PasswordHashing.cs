using AuthServer.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Http;

/// <summary>
/// ASP.NET Core Identity's hasher: PBKDF2-HMAC-SHA512, 220,000 iterations (security.md F.1). As many at once as there are cores,
/// so that tokens keep flowing while logins burn.
/// </summary>
public sealed class PasswordHashing(IOptions<PasswordHasherOptions> options) : IPasswordHashing, IDisposable
{
    public const int Iterations = 220_000;
    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> hasher = new(options);
    private readonly SemaphoreSlim cores = new(Math.Max(1, Environment.ProcessorCount));
    private string? dummy;

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
        await cores.WaitAsync(ct);
        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            cores.Release();
        }
    }
}
