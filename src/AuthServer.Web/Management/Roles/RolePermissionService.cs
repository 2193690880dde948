using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>The permissions of a role.</summary>
internal sealed class RolePermissionService(
    AuthDbContext db, TenantWrites writes, AdministratorService administrators, Tenant tenant)
{
    public async Task<JsonNode> ListAsync(string roleId, Paging paging, CancellationToken ct)
    {
        await db.EnsureRoleAsync(roleId, ct);
        var permissions = db.RolePermissions.Where(p => p.RoleId == roleId)
            .OrderBy(p => p.Audience).ThenBy(p => p.Name).Select(p => new Permission(p.Audience, p.Name));
        return await paging.PageAsync(
            "permissions", permissions, items => PermissionBody.WriteAsync(items, db, tenant.Issuer, ct), ct);
    }

    public async Task AddAsync(string roleId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = PermissionBody.Read(body, tenant.Issuer);
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureRoleAsync(roleId, ct);
        await PermissionBody.EnsureDefinedAsync(asked, db, ct);
        PrivilegeEscalationGuard.EnsureHas(caller, asked.Select(p => (p.Audience, p.Name)));
        var known = await db.RolePermissions.AsNoTracking().Where(p => p.RoleId == roleId)
            .Select(p => new Permission(p.Audience, p.Name)).ToListAsync(ct);
        db.AddRange(asked.Except(known).Select(
            p => new RolePermission { RoleId = roleId, Audience = p.Audience, Name = p.Name }));
        await write.SaveAsync(ct);
    }

    public async Task DeleteAsync(string roleId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = PermissionBody.Read(body, tenant.Issuer);
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureRoleAsync(roleId, ct);
        PrivilegeEscalationGuard.EnsureHas(caller, asked.Select(p => (p.Audience, p.Name)));
        await administrators.KeepingOneAsync(caller, () => DeleteAsync(roleId, asked, ct), ct);
        await write.SaveAsync(ct);
    }

    private async Task DeleteAsync(string roleId, IEnumerable<Permission> permissions, CancellationToken ct)
    {
        foreach (var (audience, name) in permissions)
        {
            await db.RolePermissions
                .Where(p => p.RoleId == roleId && p.Audience == audience && p.Name == name).ExecuteDeleteAsync(ct);
        }
    }
}
