using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>Checks of the roles that an operation names.</summary>
internal static class RoleLookup
{
    /// <exception cref="ManagementException">There is no such role.</exception>
    public static Task EnsureRoleAsync(this AuthDbContext db, string roleId, CancellationToken ct) =>
        db.EnsureRolesAsync([roleId], ct);

    /// <exception cref="ManagementException">One of them does not exist.</exception>
    public static async Task EnsureRolesAsync(
        this AuthDbContext db, IReadOnlyCollection<string> roleIds, CancellationToken ct)
    {
        if (await db.Roles.CountAsync(r => roleIds.Contains(r.Id), ct) != roleIds.Count)
            throw RoleService.Missing;
    }
}
