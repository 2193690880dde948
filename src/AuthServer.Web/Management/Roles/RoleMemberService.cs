using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>Which users have which roles, seen from the role and from the user.</summary>
internal sealed class RoleMemberService(
    AuthDbContext db, TenantWrites writes, PrivilegeEscalationGuard guard, AdministratorService administrators)
{
    public async Task<JsonNode> ListAsync(string roleId, Paging paging, CancellationToken ct)
    {
        await db.EnsureRoleAsync(roleId, ct);
        var users =
            from member in db.RoleMembers
            join user in db.Users.AsNoTracking() on member.UserId equals user.UserId
            where member.RoleId == roleId
            orderby member.UserId
            select user;
        return await paging.PageOrCheckpointAsync("users", users, UserLookup.ById, UserModel.WriteMember, ct);
    }

    public async Task AssignAsync(string roleId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = body.OnlyTexts("users");
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureRoleAsync(roleId, ct);
        await guard.EnsureHasRolesAsync(caller, [roleId], ct);
        await db.EnsureUsersAsync(asked, ct);
        var known = await db.RoleMembers.Where(m => m.RoleId == roleId && asked.Contains(m.UserId))
            .Select(m => m.UserId).ToListAsync(ct);
        db.AddRange(asked.Except(known, StringComparer.Ordinal)
            .Select(user => new RoleMember { RoleId = roleId, UserId = user }));
        await write.SaveAsync(ct);
    }

    public async Task<JsonNode> RolesOfUserAsync(string userId, Paging paging, CancellationToken ct)
    {
        await db.EnsureUserAsync(userId, ct);
        var roles = db.Roles.AsNoTracking()
            .Where(r => db.RoleMembers.Any(m => m.UserId == userId && m.RoleId == r.Id))
            .OrderBy(r => r.CreatedAt).ThenBy(r => r.Id);
        return await paging.PageAsync("roles", roles, RoleModel.Wire.Write, ct);
    }

    public async Task AssignToUserAsync(string userId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = body.OnlyTexts("roles");
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureUserAsync(userId, ct);
        await db.EnsureRolesAsync(asked, ct);
        await guard.EnsureHasRolesAsync(caller, asked, ct);
        var known = await db.RoleMembers.Where(m => m.UserId == userId).Select(m => m.RoleId).ToListAsync(ct);
        db.AddRange(asked.Except(known, StringComparer.Ordinal)
            .Select(role => new RoleMember { RoleId = role, UserId = userId }));
        await write.SaveAsync(ct);
    }

    public async Task DeleteOfUserAsync(
        string userId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = body.OnlyTexts("roles");
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureUserAsync(userId, ct);
        await guard.EnsureHasRolesAsync(caller, asked, ct);
        var members = db.RoleMembers.Where(m => m.UserId == userId && asked.Contains(m.RoleId));
        await administrators.KeepingOneAsync(caller, () => members.ExecuteDeleteAsync(ct), ct);
        await write.SaveAsync(ct);
    }
}
