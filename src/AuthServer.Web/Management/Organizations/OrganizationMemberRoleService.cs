using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The roles that a member has in one organization.</summary>
internal sealed class OrganizationMemberRoleService(
    AuthDbContext db, TenantWrites writes, PrivilegeEscalationGuard guard)
{
    public async Task<JsonNode> ListAsync(string id, string userId, Paging paging, CancellationToken ct)
    {
        await db.EnsureMemberAsync(id, userId, ct);
        var roles = db.Roles.AsNoTracking()
            .Where(r => db.OrganizationMemberRoles.Any(
                m => m.OrganizationId == id && m.UserId == userId && m.RoleId == r.Id))
            .OrderBy(r => r.CreatedAt).ThenBy(r => r.Id);
        return await paging.PageAsync("roles", roles, RoleModel.Wire.Write, ct);
    }

    public async Task AssignAsync(
        string id, string userId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = body.OnlyTexts("roles");
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureMemberAsync(id, userId, ct);
        await db.EnsureRolesAsync(asked, ct);
        await guard.EnsureHasRolesAsync(caller, asked, ct);
        var known = await db.OrganizationMemberRoles.Where(m => m.OrganizationId == id && m.UserId == userId)
            .Select(m => m.RoleId).ToListAsync(ct);
        db.AddRange(asked.Except(known, StringComparer.Ordinal)
            .Select(role => new OrganizationMemberRole { OrganizationId = id, UserId = userId, RoleId = role }));
        await write.SaveAsync(ct);
    }

    public async Task DeleteAsync(
        string id,
        string userId,
        JsonBody body,
        ManagementPrincipal caller,
        CancellationToken ct)
    {
        var asked = body.OnlyTexts("roles");
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureMemberAsync(id, userId, ct);
        await guard.EnsureHasRolesAsync(caller, asked, ct);
        await db.OrganizationMemberRoles
            .Where(m => m.OrganizationId == id && m.UserId == userId && asked.Contains(m.RoleId))
            .ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
    }

    public async Task<JsonNode> ListMembersAsync(
        string id, string roleId, Paging paging, Fields fields, CancellationToken ct)
    {
        await db.EnsureOrganizationAsync(id, ct);
        await db.EnsureRoleAsync(roleId, ct);
        var users = db.Users.AsNoTracking()
            .Where(u => db.OrganizationMemberRoles.Any(
                m => m.OrganizationId == id && m.RoleId == roleId && m.UserId == u.UserId))
            .OrderBy(u => u.UserId);
        return await paging.CheckpointAsync(
            "members", users, UserLookup.ById, user => fields.Pick(UserModel.WriteMember(user)), ct);
    }
}
