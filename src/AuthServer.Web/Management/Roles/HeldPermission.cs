using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;

namespace AuthServer.Web.Management.Roles;

/// <summary>Permission of the Management API that a user has, directly or by a role.</summary>
internal sealed class HeldPermission
{
    public required string UserId { get; init; }
    public required string Name { get; init; }
}

/// <summary>Finds what users may do on the Management API.</summary>
internal static class HeldPermissionQueries
{
    /// <summary>The permissions of these users, each once, from whichever source.</summary>
    public static IQueryable<HeldPermission> HeldPermissions(this AuthDbContext db, IQueryable<User> users)
    {
        var direct =
            from user in users
            join permission in db.UserPermissions on user.UserId equals permission.UserId
            where permission.Audience == Issuer.ManagementApi
            select new HeldPermission { UserId = user.UserId, Name = permission.Name };
        var ofRoles =
            from user in users
            join member in db.RoleMembers on user.UserId equals member.UserId
            join permission in db.RolePermissions on member.RoleId equals permission.RoleId
            where permission.Audience == Issuer.ManagementApi
            select new HeldPermission { UserId = user.UserId, Name = permission.Name };
        return direct.Union(ofRoles);
    }
}
