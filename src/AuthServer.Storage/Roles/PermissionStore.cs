using AuthServer.Core.Roles;
using AuthServer.Storage.Sql;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Roles;

internal sealed class PermissionStore(Lazy<AuthDbContext> context, IDatabase database) : IPermissionStore
{
    private static readonly Statement RoleNames = new(
        """
        SELECT name FROM roles
        WHERE id IN (
            SELECT role_id FROM role_members WHERE user_id = $1
            UNION SELECT role_id FROM organization_member_roles WHERE user_id = $1 AND organization_id = $2)
        ORDER BY name
        """);

    private AuthDbContext Db => context.Value;

    public async Task<IReadOnlyList<string>> FindAsync(
        string userId, string storedAudience, string? organizationId,
        CancellationToken ct) =>
        await Db
            .UserPermissions.Where(p => p.UserId == userId && p.Audience == storedAudience)
            .Select(p => p.Name)
            .Union(
                Db.RolePermissions.Where(p =>
                        p.Audience == storedAudience
                        && Db.RoleMembers.Any(m => m.RoleId == p.RoleId && m.UserId == userId))
                    .Select(p => p.Name))
            .Union(
                Db.RolePermissions.Where(p =>
                        p.Audience == storedAudience
                        && Db.OrganizationMemberRoles.Any(m =>
                            m.RoleId == p.RoleId && m.UserId == userId && m.OrganizationId == organizationId))
                    .Select(p => p.Name))
            .OrderBy(name => name)
            .ToListAsync(ct);

    public async Task<IReadOnlyList<string>> RolesAllowingAsync(
        string storedAudience, IReadOnlyCollection<string> anyOf, CancellationToken ct) =>
        await Db.Roles
            .Where(role => role.Permissions.Any(
                p => p.Audience == storedAudience && (anyOf.Count == 0 || anyOf.Contains(p.Name))))
            .OrderBy(role => role.Name)
            .Select(role => role.Name)
            .ToListAsync(ct);

    public Task<IReadOnlyList<string>> RoleNamesAsync(string userId, string? organizationId, CancellationToken ct) =>
        database.ListAsync(RoleNames, row => row.GetString(0), ct, userId, organizationId ?? "");
}
