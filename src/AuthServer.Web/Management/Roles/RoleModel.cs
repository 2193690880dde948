using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Roles;

/// <summary>The members of a role.</summary>
internal static class RoleModel
{
    public static ResourceSchema<Role> Wire { get; } = new ResourceSchema<Role>()
        .Shown("id", r => r.Id)
        .Text("name", r => r.Name, (r, v) => r.Name = v, JsonValidators.TextUpTo(255))
        .Text(
            "description",
            r => r.Description,
            (r, v) => r.Description = v,
            JsonValidators.TextUpTo(1_000),
            reset: "")
        .Unsupported("type", "\"tenant\"");
}
