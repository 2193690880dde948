using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

public interface IClientStore
{
    /// <summary>The client with its credentials; null when there is none.</summary>
    ValueTask<Client?> FindAsync(string clientId, CancellationToken ct);

    /// <param name="id">Key of the client in OpenIddict.</param>
    /// <param name="ct">Ends the wait.</param>
    ValueTask<Client?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>
    /// Stores a client that registered itself, enabled for these connections, together with its log event.
    /// </summary>
    Task RegisterAsync(Client client, IReadOnlyList<string> connectionIds, LogEvent registered, CancellationToken ct);

    ValueTask<ClientGrant?> FindGrantAsync(string clientId, string storedAudience, CancellationToken ct);

    /// <summary>
    /// Every origin from which some client's script may call: web origins, allowed origins, and those of the callbacks.
    /// </summary>
    Task<IReadOnlySet<string>> ScriptOriginsAsync(CancellationToken ct);

    /// <summary>What the documents for Android and iOS say of the apps of all clients.</summary>
    ValueTask<MobileDocuments> MobileDocumentsAsync(CancellationToken ct);
}
