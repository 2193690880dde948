using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Roles;

internal static class RoleEndpoints
{
    public static void MapRoles(this RouteGroupBuilder api)
    {
        api.MapGet("/roles", ListAsync).RequireScope("read:roles");
        api.MapPost("/roles", CreateAsync).RequireScope("create:roles");
        api.MapGet("/roles/{id}", GetAsync).RequireScope("read:roles");
        api.MapPatch("/roles/{id}", UpdateAsync).RequireScope("update:roles");
        api.MapDelete("/roles/{id}", DeleteAsync).RequireScope("delete:roles");
    }

    private static async Task<IResult> ListAsync(
        RoleFilter filter, Paging paging, RoleService roles, CancellationToken ct) =>
        TypedResults.Ok(await roles.ListAsync(filter, paging, ct));

    private static async Task<IResult> CreateAsync(JsonBody body, RoleService roles, CancellationToken ct) =>
        ManagementResults.Created(await roles.CreateAsync(body, ct));

    private static async Task<IResult> GetAsync(string id, RoleService roles, CancellationToken ct) =>
        TypedResults.Ok(await roles.GetAsync(id, ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonBody body, RoleService roles, CancellationToken ct) =>
        TypedResults.Ok(await roles.UpdateAsync(id, body, ct));

    private static async Task<IResult> DeleteAsync(
        string id, ManagementPrincipal caller, RoleService roles, CancellationToken ct)
    {
        await roles.DeleteAsync(id, caller, ct);
        return ManagementResults.Empty();
    }
}
