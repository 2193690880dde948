using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

/// <summary>
/// Limits what callers leave in the store as an unvetted client (<see cref="Client.IsUnvetted"/>), from one
/// address and from all together (docs/security.md#what-anyone-can-cause).
/// </summary>
public interface IUnvettedClientLimits
{
    /// <summary>Whether a request may be pushed. Each is stored until it expires.</summary>
    bool TryPush(Client client);

    /// <summary>Whether a proof or an assertion may be marked as used. Each is remembered until it expires.</summary>
    bool TryMarkUsed(Client client);
}
