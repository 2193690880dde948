using AuthServer.Core;
using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Authorizations;

/// <summary>Revokes any number of authorizations by one statement.</summary>
public static class Revocation
{
    /// <summary>
    /// Revokes those of sign-ins, and with them every token; consents stay. Runs inside the caller's transaction.
    /// </summary>
    public static Task<int> RevokeAsync(
        this IQueryable<Authorization> authorizations, DateTimeOffset now, CancellationToken ct)
    {
        var concurrencyToken = OpaqueToken.Hex(32);
        return authorizations
            .Where(a => a.Type == AuthorizationTypes.AdHoc && a.Status == Statuses.Valid)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(a => a.Status, Statuses.Revoked)
                    .SetProperty(a => a.UpdatedAt, now)
                    .SetProperty(a => a.ConcurrencyToken, concurrencyToken),
                ct);
    }
}
