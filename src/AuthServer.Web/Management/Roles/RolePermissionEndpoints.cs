using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Roles;

internal static class RolePermissionEndpoints
{
    public static void MapRolePermissions(this RouteGroupBuilder api)
    {
        api.MapGet("/roles/{id}/permissions", ListAsync).RequireScope("read:roles");
        api.MapPost("/roles/{id}/permissions", AddAsync).RequireScope("update:roles");
        api.MapDelete("/roles/{id}/permissions", DeleteAsync).RequireScope("update:roles");
    }

    private static async Task<IResult> ListAsync(
        string id, Paging paging, RolePermissionService permissions, CancellationToken ct) =>
        TypedResults.Ok(await permissions.ListAsync(id, paging, ct));

    private static async Task<IResult> AddAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        RolePermissionService permissions,
        CancellationToken ct)
    {
        await permissions.AddAsync(id, body, caller, ct);
        return ManagementResults.Created();
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        RolePermissionService permissions,
        CancellationToken ct)
    {
        await permissions.DeleteAsync(id, body, caller, ct);
        return TypedResults.NoContent();
    }
}
