using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Roles;

internal static class UserRoleEndpoints
{
    public static void MapUserRoles(this RouteGroupBuilder api)
    {
        api.MapGet("/users/{id}/roles", ListAsync).RequireScope("read:users", "read:role_members");
        api.MapPost("/users/{id}/roles", AssignAsync).RequireScope("update:users", "create:role_members");
        api.MapDelete("/users/{id}/roles", DeleteAsync).RequireScope("update:users", "delete:role_members");
    }

    private static async Task<IResult> ListAsync(
        string id, Paging paging, RoleMemberService members, CancellationToken ct) =>
        TypedResults.Ok(await members.RolesOfUserAsync(PathIds.Unslashed(id), paging, ct));

    private static async Task<IResult> AssignAsync(
        string id, JsonBody body, ManagementPrincipal caller, RoleMemberService members, CancellationToken ct)
    {
        await members.AssignToUserAsync(PathIds.Unslashed(id), body, caller, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DeleteAsync(
        string id, JsonBody body, ManagementPrincipal caller, RoleMemberService members, CancellationToken ct)
    {
        await members.DeleteOfUserAsync(PathIds.Unslashed(id), body, caller, ct);
        return TypedResults.NoContent();
    }
}
