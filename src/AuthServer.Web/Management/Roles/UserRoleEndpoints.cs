using AuthServer.Core.Roles;
using AuthServer.Storage;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>Who has a role, seen from the user.</summary>
internal static class UserRoleEndpoints
{
    public static void MapUserRoles(this RouteGroupBuilder api)
    {
        api.MapGet("/users/{id}/roles", ListAsync).RequireScope("read:users", "read:role_members");
        api.MapPost("/users/{id}/roles", AssignAsync).RequireScope("update:users", "create:role_members");
        api.MapDelete("/users/{id}/roles", DeleteAsync).RequireScope("update:users", "delete:role_members");
    }

    private static async Task<IResult> ListAsync(string id, Paging paging, AuthDbContext db, CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        var roles = db.Roles.AsNoTracking().Where(r => db.RoleMembers.Any(m => m.UserId == userId && m.RoleId == r.Id));
        return await paging.PageAsync(
            "roles", roles.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id), RoleEndpoints.Wire.Write, ct);
    }

    private static async Task<IResult> AssignAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        AuthDbContext db,
        TenantWrites writes,
        PrivilegeEscalationGuard power,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        var asked = PermissionBody.ReadTexts(body, "roles");
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        if (await db.Roles.CountAsync(r => asked.Contains(r.Id), ct) != asked.Count)
            return RoleEndpoints.Missing;
        if (await power.RefuseRolesAsync(caller, asked, ct) is { } refusal)
            return refusal;
        var known = await db.RoleMembers.Where(m => m.UserId == userId).Select(m => m.RoleId).ToListAsync(ct);
        db.AddRange(
            asked
                .Except(known, StringComparer.Ordinal)
                .Select(role => new RoleMember { RoleId = role, UserId = userId }));
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        var asked = PermissionBody.ReadTexts(body, "roles");
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        await db.RoleMembers.Where(m => m.UserId == userId && asked.Contains(m.RoleId)).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }
}
