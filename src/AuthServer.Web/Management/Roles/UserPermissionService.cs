using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>
/// The permissions of a user: those of roles and direct ones are listed with their source; only direct ones are
/// assigned and taken away.
/// </summary>
internal sealed class UserPermissionService(
    AuthDbContext db, TenantWrites writes, AdministratorService administrators, Tenant tenant)
{
    public async Task<JsonNode> ListAsync(string userId, Paging paging, CancellationToken ct)
    {
        await db.EnsureUserAsync(userId, ct);
        var byRole = db.RolePermissions
            .Where(p => db.RoleMembers.Any(m => m.UserId == userId && m.RoleId == p.RoleId))
            .Select(p => new { p.Audience, p.Name });
        var permissions = db.UserPermissions.Where(p => p.UserId == userId).Select(p => new { p.Audience, p.Name })
            .Union(byRole).OrderBy(p => p.Audience).ThenBy(p => p.Name)
            .Select(p => new Permission(p.Audience, p.Name));
        return await paging.PageAsync("permissions", permissions, items => WriteAsync(items, userId, ct), ct);
    }

    public async Task AssignAsync(string userId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = PermissionBody.Read(body, tenant.Issuer);
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureUserAsync(userId, ct);
        await PermissionBody.EnsureDefinedAsync(asked, db, ct);
        PrivilegeEscalationGuard.EnsureHas(caller, asked.Select(p => (p.Audience, p.Name)));
        var known = await DirectAsync(userId, ct);
        db.AddRange(asked.Except(known).Select(
            p => new UserPermission { UserId = userId, Audience = p.Audience, Name = p.Name }));
        await write.SaveAsync(ct);
    }

    public async Task DeleteAsync(string userId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = PermissionBody.Read(body, tenant.Issuer);
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureUserAsync(userId, ct);
        PrivilegeEscalationGuard.EnsureHas(caller, asked.Select(p => (p.Audience, p.Name)));
        await administrators.KeepingOneAsync(caller, () => DeleteAsync(userId, asked, ct), ct);
        await write.SaveAsync(ct);
    }

    private async Task DeleteAsync(string userId, IEnumerable<Permission> permissions, CancellationToken ct)
    {
        foreach (var (audience, name) in permissions)
        {
            await db.UserPermissions
                .Where(p => p.UserId == userId && p.Audience == audience && p.Name == name).ExecuteDeleteAsync(ct);
        }
    }

    private Task<List<Permission>> DirectAsync(string userId, CancellationToken ct) =>
        db.UserPermissions.AsNoTracking().Where(p => p.UserId == userId)
            .Select(p => new Permission(p.Audience, p.Name)).ToListAsync(ct);

    private async Task<IEnumerable<JsonNode>> WriteAsync(
        IReadOnlyList<Permission> items, string userId, CancellationToken ct)
    {
        var direct = await DirectAsync(userId, ct);
        var roles = await (
            from member in db.RoleMembers
            join role in db.Roles on member.RoleId equals role.Id
            join permission in db.RolePermissions on role.Id equals permission.RoleId
            where member.UserId == userId
            orderby role.CreatedAt, role.Id
            select new { role.Id, role.Name, Permission = new Permission(permission.Audience, permission.Name) })
            .ToListAsync(ct);
        var written = await PermissionBody.WriteAsync(items, db, tenant.Issuer, ct);
        return written.Zip(items, (json, permission) =>
        {
            var sources = roles.Where(role => role.Permission == permission)
                .Select(role => Source(role.Id, role.Name, "ROLE"));
            if (direct.Contains(permission))
                sources = sources.Prepend(Source("", "", "DIRECT"));
            json["sources"] = new JsonArray([.. sources]);
            return json;
        });
    }

    private static JsonNode Source(string id, string name, string type) =>
        new JsonObject { ["source_id"] = id, ["source_name"] = name, ["source_type"] = type };
}
