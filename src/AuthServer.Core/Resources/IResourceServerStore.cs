using AuthServer.Core.Model;

namespace AuthServer.Core.Resources;

public interface IResourceServerStore
{
    /// <param name="storedIdentifier"><see cref="Tenants.Issuer.Stored"/> of the audience.</param>
    ValueTask<ResourceServer?> FindAsync(string storedIdentifier, CancellationToken ct);
}
