using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>Roles of the tenant.</summary>
internal sealed class RoleService(
    AuthDbContext db,
    TenantWrites writes,
    PrivilegeEscalationGuard guard,
    AdministratorService administrators,
    TimeProvider time)
{
    /// <summary>Without a code, as Auth0's.</summary>
    public static ManagementException Missing =>
        ManagementError.NotFound("The role does not exist.").AsException();

    public Task<JsonNode> ListAsync(RoleFilter filter, Paging paging, CancellationToken ct)
    {
        var roles = filter.Apply(db.Roles.AsNoTracking());
        return paging.PageAsync("roles", roles.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id), RoleModel.Wire.Write, ct);
    }

    public async Task<JsonObject> CreateAsync(JsonBody body, CancellationToken ct)
    {
        body.Require("name");
        var role = new Role { Id = "rol_" + OpaqueToken.Alphanumeric(16), Name = "", CreatedAt = time.GetUtcNow() };
        RoleModel.Wire.Apply(body, role, Change.Create);

        await using var write = await writes.BeginAsync(ct);
        await EnsureNameIsFreeAsync(role, ct);
        db.Add(role);
        await write.SaveAsync(ct);
        return RoleModel.Wire.Write(role);
    }

    public async Task<JsonObject> GetAsync(string id, CancellationToken ct) => RoleModel.Wire.Write(
        await db.Roles.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw Missing);

    public async Task<JsonObject> UpdateAsync(string id, JsonBody body, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var role = await db.Roles.SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw Missing;
        body.EnsureCurrent(RoleModel.Wire.Write(role));
        RoleModel.Wire.Apply(body, role, Change.Update);
        await EnsureNameIsFreeAsync(role, ct);
        await write.SaveAsync(ct);
        return RoleModel.Wire.Write(role);
    }

    public async Task DeleteAsync(string id, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureRoleAsync(id, ct);
        await guard.EnsureHasRolesAsync(caller, [id], ct);
        await administrators.KeepingOneAsync(
            caller, () => db.Roles.Where(r => r.Id == id).ExecuteDeleteAsync(ct), ct);
        await write.SaveAsync(ct);
    }

    private async Task EnsureNameIsFreeAsync(Role role, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(role.Name))
            throw ManagementException.Invalid("String is too short (0 chars), minimum 1", "name");
        if (await db.Roles.AnyAsync(r => r.Name == role.Name && r.Id != role.Id, ct))
            throw ManagementError.Conflict("A role with this name already exists.", "role_conflict").AsException();
    }
}
