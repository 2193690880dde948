using AuthServer.Core.Roles;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>What a role permits.</summary>
internal static class RolePermissionEndpoints
{
    public static void MapRolePermissions(this RouteGroupBuilder api)
    {
        api.MapGet("/roles/{id}/permissions", ListAsync).RequireScope("read:roles");
        api.MapPost("/roles/{id}/permissions", AddAsync).RequireScope("update:roles");
        api.MapDelete("/roles/{id}/permissions", DeleteAsync).RequireScope("update:roles");
    }

    private static async Task<IResult> ListAsync(
        string id,
        Paging paging,
        AuthDbContext db,
        Tenant tenant,
        CancellationToken ct)
    {
        if (!await db.Roles.AnyAsync(r => r.Id == id, ct))
            return RoleEndpoints.Missing;
        var permissions = db
            .RolePermissions.Where(p => p.RoleId == id)
            .OrderBy(p => p.Audience)
            .ThenBy(p => p.Name)
            .Select(p => new Permission(p.Audience, p.Name));
        return await paging.PageAsync(
            "permissions", permissions, items => PermissionBody.WriteAsync(items, db, tenant.Issuer, ct), ct);
    }

    private static async Task<IResult> AddAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        CancellationToken ct)
    {
        var asked = PermissionBody.Read(body, tenant.Issuer);
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Roles.AnyAsync(r => r.Id == id, ct))
            return RoleEndpoints.Missing;
        if (await PermissionBody.RefuseUnknownAsync(asked, db, ct) is { } unknown)
            return unknown;
        if (PrivilegeEscalationGuard.RefusePermissions(caller, asked.Select(p => (p.Audience, p.Name))) is { } refusal)
            return refusal;

        var known = await db
            .RolePermissions.AsNoTracking()
            .Where(p => p.RoleId == id)
            .Select(p => new Permission(p.Audience, p.Name))
            .ToListAsync(ct);
        db.AddRange(
            asked
                .Except(known)
                .Select(p => new RolePermission
                {
                    RoleId = id,
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
        var asked = PermissionBody.Read(body, tenant.Issuer);
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Roles.AnyAsync(r => r.Id == id, ct))
            return RoleEndpoints.Missing;
        foreach (var permission in asked)
            await db
                .RolePermissions.Where(p =>
                    p.RoleId == id && p.Audience == permission.Audience && p.Name == permission.Name)
                .ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }
}
