using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The members of an organization.</summary>
internal sealed class OrganizationMemberService(AuthDbContext db, TenantWrites writes, TimeProvider time)
{
    private const string Key = "members";

    public static ManagementException Missing =>
        ManagementError.NotFound("The user is not a member of this organization").AsException();

    /// <summary>The roles are shown only when <c>fields</c> names them.</summary>
    public async Task<JsonNode> ListAsync(
        string id, Paging paging, Fields fields, ManagementPrincipal caller, CancellationToken ct)
    {
        await db.EnsureOrganizationAsync(id, ct);
        var withRoles = fields is { Include: true, Names: { } names } && names.Contains("roles");
        if (withRoles && !caller.Has("read:organization_member_roles"))
            throw ManagementError.InsufficientScope(["read:organization_member_roles"]).AsException();
        var members = db.OrganizationMembers.AsNoTracking().Where(m => m.OrganizationId == id)
            .Join(db.Users, m => m.UserId, u => u.UserId, (_, user) => user)
            .OrderBy(u => u.UserId);
        return await paging.PageOrCheckpointAsync(Key, members, UserLookup.ById, WriteAsync, ct);

        async Task<IEnumerable<JsonNode>> WriteAsync(IReadOnlyList<User> users)
        {
            var roles = withRoles ? await RolesAsync(id, [.. users.Select(user => user.UserId)], ct) : null;
            return users.Select(user => fields.Pick(Write(user, roles)));
        }
    }

    public async Task AddAsync(string id, JsonBody body, CancellationToken ct)
    {
        var asked = body.OnlyTexts(Key);
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureOrganizationAsync(id, ct);
        await db.EnsureUsersAsync(asked, ct);
        var known = await db.OrganizationMembers.Where(m => m.OrganizationId == id && asked.Contains(m.UserId))
            .Select(m => m.UserId).ToListAsync(ct);
        var now = time.GetUtcNow();
        db.AddRange(asked.Except(known, StringComparer.Ordinal)
            .Select(user => new OrganizationMember { OrganizationId = id, UserId = user, CreatedAt = now }));
        await write.SaveAsync(ct);
    }

    /// <summary>Their roles go with their membership, and every token in the organization.</summary>
    public async Task DeleteAsync(string id, JsonBody body, CancellationToken ct)
    {
        var asked = body.OnlyTexts(Key);
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureOrganizationAsync(id, ct);
        await db.OrganizationMembers.Where(m => m.OrganizationId == id && asked.Contains(m.UserId))
            .ExecuteDeleteAsync(ct);
        await db.Authorizations.Where(a => a.OrganizationId == id && asked.Contains(a.UserId))
            .RevokeAsync(time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
    }

    private async Task<ILookup<string, JsonNode>> RolesAsync(
        string id, IReadOnlyList<string> userIds, CancellationToken ct)
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
        var json = UserModel.WriteMember(user);
        if (roles is not null)
            json["roles"] = new JsonArray([.. roles[user.UserId]]);
        return json;
    }
}
