using System.Collections.Concurrent;
using AuthServer.Core;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tenancy;

/// <summary>Data of a tenant that is read once and cached until it changes.</summary>
public sealed record TenantSnapshot(TenantSettings Settings, KeyRing Keys, byte[] SubjectSalt)
{
    private readonly ConcurrentDictionary<Issuer, Tenant> issuers = new();

    /// <summary>
    /// The same tenant under one of its issuers: mostly there is one, and in Development one for each listener.
    /// </summary>
    public Tenant At(Issuer issuer) => issuers.GetOrAdd(
        issuer,
        static (one, snapshot) => new Tenant(one, snapshot.Settings, snapshot.Keys)
        {
            SubjectSalt = snapshot.SubjectSalt,
        },
        this);
}

/// <summary>
/// Cache of one tenant, invalidated whenever the configuration changes. While the store can't be reached the last
/// values stay valid: keys and metadata are public, and everything else that a request needs fails by itself.
/// </summary>
public sealed class TenantCache
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A store that went silent must not delay values that are cached.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly IServiceScopeFactory scopes;
    private readonly ISecretBox box;
    private readonly TimeProvider time;
    private readonly ILogger<TenantCache> log;
    private Lazy<Task<TenantSnapshot>>? snapshot;
    private TenantSnapshot? last;

    public TenantCache(
        IServiceScopeFactory scopes,
        ISecretBox box,
        StoreChanges changes,
        TimeProvider time,
        ILogger<TenantCache> log)
    {
        (this.scopes, this.box, this.time, this.log) = (scopes, box, time, log);
        changes.Subscribe(Invalidate);
    }

    public Task<TenantSnapshot> ReadAsync()
    {
        var current = snapshot;
        if (current is null || current.IsValueCreated && current.Value.IsFaulted)
        {
            var fresh = new Lazy<Task<TenantSnapshot>>(RefreshAsync);
            var seen = Interlocked.CompareExchange(ref snapshot, fresh, current);
            current = ReferenceEquals(seen, current) ? fresh : seen ?? fresh;
        }

        return current.Value;
    }

    public void Invalidate() => Interlocked.Exchange(ref snapshot, null);

    private async Task<TenantSnapshot> RefreshAsync()
    {
        try
        {
            return await (last is null ? LoadAsync() : LoadAsync().WaitAsync(Timeout));
        }
        catch (Exception unreachable)
            when (last is not null && (unreachable is TimeoutException || StoreFailure.Is(unreachable)))
        {
            log.LogWarning(
                "The store can't be reached ({Reason}); settings and keys stay as last read",
                unreachable.Message);
            _ = Task.Delay(RetryAfter, time).ContinueWith(_ => Invalidate(), TaskScheduler.Default);
            return last;
        }
    }

    private async Task<TenantSnapshot> LoadAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        var settings = await db.TenantSettings.AsNoTracking().SingleAsync();
        var keys = await scope.ServiceProvider.GetRequiredService<IKeyStore>().ListAsync(CancellationToken.None);
        var salt = box.Open(
            settings.SubjectSaltSealed
                ?? throw new InvalidOperationException("The tenant has no salt for pairwise subjects."),
            TenantSettings.SubjectSaltPurpose);
        return last = new TenantSnapshot(settings, KeyRing.Load(keys, box), salt);
    }
}
