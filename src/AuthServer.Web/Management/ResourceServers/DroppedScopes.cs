using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.ResourceServers;

/// <summary>
/// Takes scopes that an API no longer defines from everything that grants them, so that one which is defined again
/// later begins without holders.
/// </summary>
internal static class DroppedScopes
{
    /// <summary>Within the transaction that changes the API.</summary>
    public static async Task RemoveAsync(
        AuthDbContext db, ResourceServer api, IEnumerable<string> before, CancellationToken ct)
    {
        var audience = api.Identifier;
        var dropped = before.Where(scope => !api.Defines(scope)).ToList();
        if (dropped.Count == 0)
            return;
        await db.RolePermissions.Where(p => p.Audience == audience && dropped.Contains(p.Name)).ExecuteDeleteAsync(ct);
        await db.UserPermissions.Where(p => p.Audience == audience && dropped.Contains(p.Name)).ExecuteDeleteAsync(ct);
        foreach (var grant in await db.ClientGrants.Where(g => g.Audience == audience).ToListAsync(ct))
            grant.Scope = grant.Scope.Where(scope => !dropped.Contains(scope, StringComparer.Ordinal));

        // The others are this server's own, whatever an API defines.
        foreach (var scope in dropped.Where(scope => !Scopes.Standard.Contains(scope)))
            await RemoveFromAuthorizationsAsync(db, audience, scope, ct);
    }

    /// <summary>Consents and sign-ins have a JSON array of scopes, none of which needs an escape.</summary>
    private static Task<int> RemoveFromAuthorizationsAsync(
        AuthDbContext db, string audience, string scope, CancellationToken ct)
    {
        var (only, first, later) = ($"\"{scope}\"", $"\"{scope}\",", $",\"{scope}\"");
        return db.Authorizations
            .Where(a => a.Audience == audience && a.Scopes!.Contains(only))
            .ExecuteUpdateAsync(
                set => set.SetProperty(
                    a => a.Scopes, a => a.Scopes!.Replace(later, "").Replace(first, "").Replace(only, "")),
                ct);
    }
}
