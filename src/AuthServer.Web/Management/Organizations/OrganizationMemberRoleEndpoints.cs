using System.Text.Json.Nodes;
using AuthServer.Core.Organizations;
using AuthServer.Storage;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The roles that a member has in one organization.</summary>
internal static class OrganizationMemberRoleEndpoints
{
    public static void MapOrganizationMemberRoles(this RouteGroupBuilder api)
    {
        const string path = "/organizations/{id}/members/{userId}/roles";
        api.MapGet(path, ListAsync).RequireScope("read:organization_member_roles");
        api.MapPost(path, AssignAsync).RequireScope("create:organization_member_roles");
        api.MapDelete(path, DeleteAsync).RequireScope("delete:organization_member_roles");
        api.MapGet("/organizations/{id}/roles/{roleId}/members", ListMembersAsync)
            .RequireScope("read:organization_member_roles");
    }

    private static async Task<IResult> ListAsync(
        string id,
        string userId,
        Paging paging,
        AuthDbContext db,
        OrganizationAccess access,
        CancellationToken ct)
    {
        var member = PathIds.Unslashed(userId);
        if (await RefuseAsync(id, member, access, ct) is { } missing)
            return missing;
        var roles = db
            .Roles.AsNoTracking()
            .Where(r =>
                db.OrganizationMemberRoles.Any(m => m.OrganizationId == id && m.UserId == member && m.RoleId == r.Id));
        return await paging.PageAsync(
            "roles", roles.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id), RoleEndpoints.Wire.Write, ct);
    }

    private static async Task<IResult> AssignAsync(
        string id,
        string userId,
        JsonBody body,
        ManagementPrincipal caller,
        PrivilegeEscalationGuard power,
        AuthDbContext db,
        TenantWrites writes,
        OrganizationAccess access,
        CancellationToken ct)
    {
        var member = PathIds.Unslashed(userId);
        var asked = PermissionBody.ReadTexts(body, "roles");
        await using var write = await writes.BeginAsync(ct);
        if (await RefuseAsync(id, member, access, ct) is { } missing)
            return missing;
        if (await db.Roles.CountAsync(r => asked.Contains(r.Id), ct) != asked.Count)
            return RoleEndpoints.Missing;
        if (await power.RefuseRolesAsync(caller, asked, ct) is { } refusal)
            return refusal;
        var known = await db
            .OrganizationMemberRoles.Where(m => m.OrganizationId == id && m.UserId == member)
            .Select(m => m.RoleId)
            .ToListAsync(ct);
        db.AddRange(
            asked
                .Except(known, StringComparer.Ordinal)
                .Select(role => new OrganizationMemberRole
                {
                    OrganizationId = id,
                    UserId = member,
                    RoleId = role,
                }));
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        string userId,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        OrganizationAccess access,
        CancellationToken ct)
    {
        var member = PathIds.Unslashed(userId);
        var asked = PermissionBody.ReadTexts(body, "roles");
        await using var write = await writes.BeginAsync(ct);
        if (await RefuseAsync(id, member, access, ct) is { } missing)
            return missing;
        await db
            .OrganizationMemberRoles.Where(m =>
                m.OrganizationId == id && m.UserId == member && asked.Contains(m.RoleId))
            .ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static async Task<IResult> ListMembersAsync(
        string id,
        string roleId,
        Paging paging,
        Fields fields,
        AuthDbContext db,
        OrganizationAccess access,
        CancellationToken ct)
    {
        if (!await access.ExistsAsync(id, ct))
            return OrganizationEndpoints.Missing;
        if (!await db.Roles.AnyAsync(r => r.Id == roleId, ct))
            return RoleEndpoints.Missing;
        var users = db
            .Users.AsNoTracking()
            .Where(u =>
                db.OrganizationMemberRoles.Any(m =>
                    m.OrganizationId == id && m.RoleId == roleId && m.UserId == u.UserId));
        return await paging.CheckpointAsync(
            "members",
            users.OrderBy(u => u.UserId),
            (query, last) => query.Where(u => u.UserId.CompareTo(last) > 0),
            u => u.UserId,
            u =>
                fields.Pick(
                    new JsonObject
                    {
                        ["user_id"] = u.UserId,
                        ["email"] = u.Email,
                        ["name"] = u.Name,
                        ["picture"] = u.Picture,
                    }),
            ct);
    }

    /// <summary>A member of another organization is not found (docs/security.md#organizations).</summary>
    private static async Task<ManagementError?> RefuseAsync(
        string id, string userId, OrganizationAccess access,
        CancellationToken ct) =>
        !await access.ExistsAsync(id, ct) ? OrganizationEndpoints.Missing
        : !await access.IsMemberAsync(id, userId, ct) ? OrganizationMemberEndpoints.Missing
        : null;
}
