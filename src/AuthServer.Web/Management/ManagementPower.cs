using AuthServer.Core.Tenants;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management;

/// <summary>
/// Nobody hands out what they lack (security.md C12.3): not by a client grant, and not by reading or replacing the secret of a
/// client that may do more than the caller.
/// </summary>
internal sealed class ManagementPower(AuthDbContext db)
{
    /// <summary>Of these clients, those that may do more on this API than the caller.</summary>
    public async Task<IReadOnlySet<string>> BeyondAsync(ManagementCaller caller, IReadOnlyCollection<string> clientIds, CancellationToken ct)
    {
        var grants = await db.ClientGrants.AsNoTracking()
            .Where(g => g.Audience == Issuer.ManagementApi && clientIds.Contains(g.ClientId))
            .ToListAsync(ct);
        return grants.Where(g => !g.Scope.IsSubsetOf(caller.Scopes)).Select(g => g.ClientId).ToHashSet(StringComparer.Ordinal);
    }

    /// <returns>The refusal, when whoever holds this client's secret may do more than the caller.</returns>
    public async Task<ManagementError?> RefuseTakeoverAsync(ManagementCaller caller, string clientId, CancellationToken ct) =>
        (await BeyondAsync(caller, [clientId], ct)).Count > 0
            ? ManagementError.Forbidden("The client has scopes of the Management API that your token lacks")
            : null;
}
