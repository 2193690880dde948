using System.Collections.Immutable;
using AuthServer.Core.Model;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Roles;

/// <summary>
/// The roles that a start makes while no user can open the dashboard: their permissions are scopes of the Management
/// API.
/// </summary>
public static class DefaultRoles
{
    public const string AdministratorName = "Administrator";
    public const string ViewerName = "Viewer";

    public static Role Administrator(DateTimeOffset now) =>
        New(AdministratorName, "Everything in the dashboard", ManagementScopes.All, now);

    public static Role Viewer(DateTimeOffset now) =>
        New(
            ViewerName,
            "Sees the dashboard, without secrets, and changes nothing",
            ManagementScopes.WithoutSecrets,
            now);

    private static Role New(string name, string description, ImmutableArray<string> scopes, DateTimeOffset now)
    {
        var role = new Role
        {
            Id = "rol_" + OpaqueToken.Alphanumeric(16),
            Name = name,
            Description = description,
            CreatedAt = now,
        };
        role.Permissions.AddRange(scopes.Select(scope => new RolePermission
        {
            RoleId = role.Id,
            Audience = Issuer.ManagementApi,
            Name = scope,
        }));
        return role;
    }
}
