using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Storage;

namespace AuthServer.Web.Http;

/// <summary>
/// Origins whose scripts may call: read at the first request of a script, and again after a client was changed.
/// </summary>
public sealed class AllowedOriginsCache
{
    private readonly IClientStore clients;
    private Lazy<Task<IReadOnlySet<string>>>? known;

    public AllowedOriginsCache(IClientStore clients, StoreChanges changes)
    {
        this.clients = clients;
        changes.Subscribe(Invalidate);
    }

    public async ValueTask<bool> HasAsync(string origin, CancellationToken ct)
    {
        var origins = Volatile.Read(ref known);
        if (origins is null or { IsValueCreated: true, Value.IsFaulted: true })
        {
            // In its place before it reads: a change meanwhile takes it away again.
            origins = new(() => clients.ScriptOriginsAsync(CancellationToken.None));
            Volatile.Write(ref known, origins);
        }

        return (await origins.Value.WaitAsync(ct)).Contains(origin);
    }

    /// <summary>A client that registered itself may bring one that is not known yet.</summary>
    public void Meet(Client client)
    {
        // Those that are being read just now may have been read without it.
        var origins = Volatile.Read(ref known)
            is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } read }
            ? read.Result
            : null;
        if (client.Callbacks.Any(callback =>
                Uri.TryCreate(callback, UriKind.Absolute, out var uri)
                && origins?.Contains(uri.GetLeftPart(UriPartial.Authority)) != true))
            Invalidate();
    }

    private void Invalidate() => Volatile.Write(ref known, null);
}
