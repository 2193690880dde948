using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Roles;

internal static class UserPermissionEndpoints
{
    public static void MapUserPermissions(this RouteGroupBuilder api)
    {
        api.MapGet("/users/{id}/permissions", ListAsync).RequireScope("read:users");
        api.MapPost("/users/{id}/permissions", AssignAsync).RequireScope("update:users");
        api.MapDelete("/users/{id}/permissions", DeleteAsync).RequireScope("update:users");
    }

    private static async Task<IResult> ListAsync(
        string id, Paging paging, UserPermissionService permissions, CancellationToken ct) =>
        TypedResults.Ok(await permissions.ListAsync(PathIds.Unslashed(id), paging, ct));

    private static async Task<IResult> AssignAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        UserPermissionService permissions,
        CancellationToken ct)
    {
        await permissions.AssignAsync(PathIds.Unslashed(id), body, caller, ct);
        return ManagementResults.Created();
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        UserPermissionService permissions,
        CancellationToken ct)
    {
        await permissions.DeleteAsync(PathIds.Unslashed(id), body, caller, ct);
        return TypedResults.NoContent();
    }
}
