using System.Text.Json.Nodes;
using AuthServer.Core.Roles;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>Who has a role, seen from the role.</summary>
internal static class RoleMemberEndpoints
{
    public static void MapRoleMembers(this RouteGroupBuilder api)
    {
        api.MapGet("/roles/{id}/users", ListAsync).RequireScope("read:role_members", "read:users");
        api.MapPost("/roles/{id}/users", AssignAsync).RequireScope("create:role_members", "update:roles");
    }

    private static async Task<IResult> ListAsync(string id, Paging paging, AuthDbContext db, CancellationToken ct)
    {
        if (!await db.Roles.AnyAsync(r => r.Id == id, ct))
            return RoleEndpoints.Missing;
        var users = db
            .Users.AsNoTracking()
            .Where(u => db.RoleMembers.Any(m => m.RoleId == id && m.UserId == u.UserId))
            .OrderBy(u => u.UserId);
        return paging.ByCheckpoint
            ? await paging.CheckpointAsync(
                "users",
                users,
                (query, last) => query.Where(u => u.UserId.CompareTo(last) > 0),
                u => u.UserId,
                Write,
                ct)
            : await paging.PageAsync("users", users, Write, ct);
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
        var asked = PermissionBody.ReadTexts(body, "users");
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Roles.AnyAsync(r => r.Id == id, ct))
            return RoleEndpoints.Missing;
        if (await power.RefuseRolesAsync(caller, [id], ct) is { } refusal)
            return refusal;
        if (await db.Users.CountAsync(u => asked.Contains(u.UserId), ct) != asked.Count)
            return UserEndpoints.Missing;
        var known = await db
            .RoleMembers.Where(m => m.RoleId == id && asked.Contains(m.UserId))
            .Select(m => m.UserId)
            .ToListAsync(ct);
        db.AddRange(
            asked.Except(known, StringComparer.Ordinal).Select(user => new RoleMember { RoleId = id, UserId = user }));
        await write.SaveAsync(ct);
        return Results.Json(new { });
    }

    private static JsonObject Write(User user) => new()
    {
        ["user_id"] = user.UserId,
        ["email"] = user.Email,
        ["name"] = user.Name,
        ["picture"] = user.Picture,
    };
}
