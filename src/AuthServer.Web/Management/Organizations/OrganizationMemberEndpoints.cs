using System.Text.Json.Nodes;
using AuthServer.Core.Organizations;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>Who belongs to an organization.</summary>
internal static class OrganizationMemberEndpoints
{
    public static ManagementError Missing { get; } =
        ManagementError.NotFound("The user is not a member of this organization");

    public static void MapOrganizationMembers(this RouteGroupBuilder api)
    {
        api.MapGet("/organizations/{id}/members", ListAsync).RequireScope("read:organization_members");
        api.MapPost("/organizations/{id}/members", AddAsync).RequireScope("create:organization_members");
        api.MapDelete("/organizations/{id}/members", DeleteAsync).RequireScope("delete:organization_members");
    }

    /// <summary>The roles only when they are asked for by name.</summary>
    private static async Task<IResult> ListAsync(
        string id,
        Paging paging,
        Fields fields,
        ManagementPrincipal caller,
        AuthDbContext db,
        OrganizationAccess access,
        CancellationToken ct)
    {
        if (!await access.ExistsAsync(id, ct))
            return OrganizationEndpoints.Missing;
        var withRoles = fields is { Include: true, Names: { } names } && names.Contains("roles");
        if (withRoles && !caller.Has("read:organization_member_roles"))
            return ManagementError.InsufficientScope(["read:organization_member_roles"]);
        var members = db
            .Users.AsNoTracking()
            .Where(u => db.OrganizationMembers.Any(m => m.OrganizationId == id && m.UserId == u.UserId))
            .OrderBy(u => u.UserId);
        return paging.ByCheckpoint
            ? await paging.CheckpointOrTotalsAsync(
                "members",
                members,
                (query, last) => query.Where(u => u.UserId.CompareTo(last) > 0),
                u => u.UserId,
                WriteAsync,
                ct)
            : await paging.PageAsync("members", members, WriteAsync, ct);

        async Task<IEnumerable<JsonNode>> WriteAsync(IReadOnlyList<User> users)
        {
            var roles = withRoles ? await RolesAsync(id, [.. users.Select(user => user.UserId)], db, ct) : null;
            return users.Select(user => fields.Pick(Write(user, roles)));
        }
    }

    private static async Task<IResult> AddAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        OrganizationAccess access,
        TimeProvider time,
        CancellationToken ct)
    {
        var asked = PermissionBody.ReadTexts(body, "members");
        await using var write = await writes.BeginAsync(ct);
        if (!await access.ExistsAsync(id, ct))
            return OrganizationEndpoints.Missing;
        if (await db.Users.CountAsync(u => asked.Contains(u.UserId), ct) != asked.Count)
            return UserEndpoints.Missing;
        var known = await db
            .OrganizationMembers.Where(m => m.OrganizationId == id && asked.Contains(m.UserId))
            .Select(m => m.UserId)
            .ToListAsync(ct);
        var now = time.GetUtcNow();
        db.AddRange(
            asked
                .Except(known, StringComparer.Ordinal)
                .Select(user => new OrganizationMember
                {
                    OrganizationId = id,
                    UserId = user,
                    CreatedAt = now,
                }));
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        JsonBody body,
        TenantWrites writes,
        OrganizationAccess access,
        TimeProvider time,
        CancellationToken ct)
    {
        var asked = PermissionBody.ReadTexts(body, "members");
        await using var write = await writes.BeginAsync(ct);
        if (!await access.ExistsAsync(id, ct))
            return OrganizationEndpoints.Missing;
        await access.EndMembershipsAsync(id, asked, time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static async Task<ILookup<string, JsonNode>> RolesAsync(
        string id, IReadOnlyList<string> userIds, AuthDbContext db, CancellationToken ct)
    {
        var rows = await (
            from given in db.OrganizationMemberRoles
            join role in db.Roles on given.RoleId equals role.Id
            where given.OrganizationId == id && userIds.Contains(given.UserId)
            orderby role.Name
            select new { given.UserId, role.Id, role.Name }).ToListAsync(ct);
        return rows.ToLookup(
            row => row.UserId,
            row => (JsonNode)new JsonObject { ["id"] = row.Id, ["name"] = row.Name },
            StringComparer.Ordinal);
    }

    private static JsonObject Write(User user, ILookup<string, JsonNode>? roles)
    {
        var json = new JsonObject
        {
            ["user_id"] = user.UserId,
            ["email"] = user.Email,
            ["name"] = user.Name,
            ["picture"] = user.Picture,
        };
        if (roles is not null)
            json["roles"] = new JsonArray([.. roles[user.UserId]]);
        return json;
    }
}
