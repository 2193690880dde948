using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.ClientGrants;

internal static class ClientGrantEndpoints
{
    public static void MapClientGrants(this RouteGroupBuilder api)
    {
        api.MapGet("/client-grants", ListAsync).RequireScope("read:client_grants");
        api.MapPost("/client-grants", CreateAsync).RequireScope("create:client_grants");
        api.MapGet("/client-grants/{id}", GetAsync).RequireScope("read:client_grants");
        api.MapPatch("/client-grants/{id}", UpdateAsync).RequireScope("update:client_grants");
        api.MapDelete("/client-grants/{id}", DeleteAsync).RequireScope("delete:client_grants");
    }

    private static async Task<IResult> ListAsync(
        ClientGrantFilter filter, Paging paging, ClientGrantService grants, CancellationToken ct) =>
        TypedResults.Ok(await grants.ListAsync(filter, paging, ct));

    private static async Task<IResult> CreateAsync(
        JsonBody body, ManagementPrincipal caller, ClientGrantService grants, CancellationToken ct) =>
        ManagementResults.Created(await grants.CreateAsync(body, caller, ct));

    private static async Task<IResult> GetAsync(string id, ClientGrantService grants, CancellationToken ct) =>
        TypedResults.Ok(await grants.GetAsync(id, ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonBody body, ManagementPrincipal caller, ClientGrantService grants, CancellationToken ct) =>
        TypedResults.Ok(await grants.UpdateAsync(id, body, caller, ct));

    private static async Task<IResult> DeleteAsync(string id, ClientGrantService grants, CancellationToken ct)
    {
        await grants.DeleteAsync(id, ct);
        return TypedResults.NoContent();
    }
}
