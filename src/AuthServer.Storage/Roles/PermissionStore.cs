using AuthServer.Core.Roles;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Roles;

internal sealed class PermissionStore(AuthDbContext db) : IPermissionStore
{
    public async Task<IReadOnlyList<string>> FindAsync(string userId, string storedAudience, string? organizationId, CancellationToken ct) =>
        await db.UserPermissions.Where(p => p.UserId == userId && p.Audience == storedAudience).Select(p => p.Name)
            .Union(db.RolePermissions
                .Where(p => p.Audience == storedAudience && db.RoleMembers.Any(m => m.RoleId == p.RoleId && m.UserId == userId))
                .Select(p => p.Name))
            .Union(db.RolePermissions
                .Where(p => p.Audience == storedAudience
                    && db.OrganizationMemberRoles.Any(m => m.RoleId == p.RoleId && m.UserId == userId && m.OrganizationId == organizationId))
                .Select(p => p.Name))
            .OrderBy(name => name)
            .ToListAsync(ct);
}
