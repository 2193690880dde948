using System.Text.Json.Nodes;
using AuthServer.Core.Roles;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>What a user is permitted: listed with where it comes from, assigned and taken away only directly.</summary>
internal static class UserPermissionEndpoints
{
    public static void MapUserPermissions(this RouteGroupBuilder api)
    {
        api.MapGet("/users/{id}/permissions", ListAsync).RequireScope("read:users");
        api.MapPost("/users/{id}/permissions", AssignAsync).RequireScope("update:users");
        api.MapDelete("/users/{id}/permissions", DeleteAsync).RequireScope("update:users");
    }

    private static async Task<IResult> ListAsync(
        string id,
        Paging paging,
        AuthDbContext db,
        Tenant tenant,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        var byRole = db
            .RolePermissions.Where(p => db.RoleMembers.Any(m => m.UserId == userId && m.RoleId == p.RoleId))
            .Select(p => new { p.Audience, p.Name });
        var permissions = db.UserPermissions.Where(p => p.UserId == userId).Select(p => new { p.Audience, p.Name })
            .Union(byRole).OrderBy(p => p.Audience).ThenBy(p => p.Name).Select(p => new Permission(p.Audience, p.Name));
        return await paging.PageAsync(
            "permissions", permissions, items => WriteAsync(items, userId, db, tenant.Issuer, ct), ct);
    }

    private static async Task<IEnumerable<JsonNode>> WriteAsync(
        IReadOnlyList<Permission> items,
        string userId,
        AuthDbContext db,
        Issuer issuer,
        CancellationToken ct)
    {
        var direct = await db
            .UserPermissions.Where(p => p.UserId == userId)
            .Select(p => new Permission(p.Audience, p.Name))
            .ToListAsync(ct);
        var roles = await (
            from member in db.RoleMembers
            join role in db.Roles on member.RoleId equals role.Id
            join permission in db.RolePermissions on role.Id equals permission.RoleId
            where member.UserId == userId
            orderby role.CreatedAt, role.Id
            select new
            {
                role.Id,
                role.Name,
                Permission = new Permission(permission.Audience, permission.Name),
            }).ToListAsync(ct);
        var written = await PermissionBody.WriteAsync(items, db, issuer, ct);
        return written.Zip(items, (json, permission) =>
        {
            var sources = roles
                .Where(role => role.Permission == permission)
                .Select(role =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["source_id"] = role.Id,
                            ["source_name"] = role.Name,
                            ["source_type"] = "ROLE",
                        });
            if (direct.Contains(permission))
                sources = sources.Prepend(
                    new JsonObject
                    {
                        ["source_id"] = "",
                        ["source_name"] = "",
                        ["source_type"] = "DIRECT",
                    });
            json["sources"] = new JsonArray([.. sources]);
            return json;
        });
    }

    private static async Task<IResult> AssignAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        var asked = PermissionBody.Read(body, tenant.Issuer);
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        if (await PermissionBody.RefuseUnknownAsync(asked, db, ct) is { } unknown)
            return unknown;
        if (PrivilegeEscalationGuard.RefusePermissions(caller, asked.Select(p => (p.Audience, p.Name))) is { } refusal)
            return refusal;
        var known = await db
            .UserPermissions.AsNoTracking()
            .Where(p => p.UserId == userId)
            .Select(p => new Permission(p.Audience, p.Name))
            .ToListAsync(ct);
        db.AddRange(
            asked
                .Except(known)
                .Select(p => new UserPermission
                {
                    UserId = userId,
                    Audience = p.Audience,
                    Name = p.Name,
                }));
        await write.SaveAsync(ct);
        return Results.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        var asked = PermissionBody.Read(body, tenant.Issuer);
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        foreach (var permission in asked)
            await db
                .UserPermissions.Where(p =>
                    p.UserId == userId && p.Audience == permission.Audience && p.Name == permission.Name)
                .ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }
}
