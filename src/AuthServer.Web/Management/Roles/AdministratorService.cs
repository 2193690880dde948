using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

/// <summary>The users with permissions of the Management API, which open the dashboard.</summary>
internal sealed class AdministratorService(AuthDbContext db)
{
    private static ManagementException Last => ManagementError
        .Forbidden("No other user would have as many permissions of the Management API", "last_administrator")
        .AsException();

    private IQueryable<RolePermission> OfRoles =>
        db.RolePermissions.Where(p => p.Audience == Issuer.ManagementApi);

    private IQueryable<UserPermission> OfUsers =>
        db.UserPermissions.Where(p => p.Audience == Issuer.ManagementApi);

    private IQueryable<HeldPermission> Held => db.HeldPermissions(db.Users);

    /// <summary>Read from the permissions: they have few of the users.</summary>
    private IQueryable<User> Administrators =>
        db.Users.AsNoTracking().Where(u => Held.Select(held => held.UserId).Contains(u.UserId));

    public Task<bool> AnyAsync(CancellationToken ct) => Administrators.AnyAsync(ct);

    /// <summary>Each with the roles that make an administrator, and whether there are permissions besides.</summary>
    public Task<JsonNode> ListAsync(Paging paging, CancellationToken ct) => paging.PageAsync(
        "administrators", Administrators.OrderBy(u => u.UserId), items => WriteAsync(items, ct), ct);

    /// <summary>
    /// Makes a change within a transaction, in which an administrator does not shut every administrator out: one with
    /// as many permissions as any has now remains. A client is not hindered, because it doesn't need the dashboard to
    /// give them back.
    /// </summary>
    /// <exception cref="ManagementException">None would remain.</exception>
    public async Task KeepingOneAsync(ManagementPrincipal caller, Func<Task> change, CancellationToken ct)
    {
        var before = caller.UserId is null ? 0 : await MostPermissionsAsync(ct);
        await change();
        if (before > 0 && await MostPermissionsAsync(ct) < before)
            throw Last;
    }

    /// <summary>How many the user has who has the most and can sign in.</summary>
    private Task<int> MostPermissionsAsync(CancellationToken ct) => db
        .HeldPermissions(db.Users.Where(u => !u.Blocked))
        .GroupBy(held => held.UserId)
        .Select(ofUser => ofUser.Count())
        .OrderByDescending(count => count)
        .FirstOrDefaultAsync(ct);

    private async Task<IEnumerable<JsonNode>> WriteAsync(IReadOnlyList<User> users, CancellationToken ct)
    {
        var ids = users.Select(user => user.UserId).ToList();
        var direct = await OfUsers.Where(p => ids.Contains(p.UserId)).Select(p => p.UserId).Distinct().ToListAsync(ct);
        var roles = await (
            from member in db.RoleMembers
            join role in db.Roles on member.RoleId equals role.Id
            where ids.Contains(member.UserId) && OfRoles.Any(p => p.RoleId == role.Id)
            orderby role.CreatedAt, role.Id
            select new { member.UserId, role.Id, role.Name }).ToListAsync(ct);
        return users.Select(user =>
        {
            var json = UserModel.WriteMember(user);
            json["blocked"] = user.Blocked;
            json["email_verified"] = user.EmailVerified;
            json["has_own_permissions"] = direct.Contains(user.UserId);
            json["roles"] = new JsonArray([.. roles.Where(role => role.UserId == user.UserId)
                .Select(role => new JsonObject { ["id"] = role.Id, ["name"] = role.Name })]);
            return json;
        });
    }
}
