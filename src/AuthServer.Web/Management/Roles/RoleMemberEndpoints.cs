using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Roles;

internal static class RoleMemberEndpoints
{
    public static void MapRoleMembers(this RouteGroupBuilder api)
    {
        api.MapGet("/roles/{id}/users", ListAsync).RequireScope("read:role_members", "read:users");
        api.MapPost("/roles/{id}/users", AssignAsync).RequireScope("create:role_members", "update:roles");
    }

    private static async Task<IResult> ListAsync(
        string id, Paging paging, RoleMemberService members, CancellationToken ct) =>
        TypedResults.Ok(await members.ListAsync(id, paging, ct));

    private static async Task<IResult> AssignAsync(
        string id, JsonBody body, ManagementPrincipal caller, RoleMemberService members, CancellationToken ct)
    {
        await members.AssignAsync(id, body, caller, ct);
        return ManagementResults.Empty();
    }
}
