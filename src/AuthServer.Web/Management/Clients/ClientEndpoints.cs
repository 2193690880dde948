using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

internal static class ClientEndpoints
{
    public static void MapClients(this RouteGroupBuilder api)
    {
        api.MapGet("/clients", ListAsync).RequireScope("read:clients", "read:client_keys");
        api.MapPost("/clients", CreateAsync).RequireScope("create:clients");
        api.MapGet("/clients/{id}", GetAsync).RequireScope("read:clients", "read:client_keys");
        api.MapPatch("/clients/{id}", UpdateAsync).RequireScope("update:clients");
        api.MapDelete("/clients/{id}", DeleteAsync).RequireScope("delete:clients");
        api.MapPost("/clients/{id}/rotate-secret", RotateSecretAsync).RequireScope("update:client_keys");
    }

    private static async Task<IResult> ListAsync(
        ClientFilter filter,
        Paging paging,
        Fields fields,
        ManagementPrincipal caller,
        ClientService clients,
        CancellationToken ct) =>
        TypedResults.Ok(await clients.ListAsync(filter, paging, fields, caller, ct));

    private static async Task<IResult> CreateAsync(JsonBody body, ClientService clients, CancellationToken ct) =>
        ManagementResults.Created(await clients.CreateAsync(body, ct));

    private static async Task<IResult> GetAsync(
        string id, Fields fields, ManagementPrincipal caller, ClientService clients, CancellationToken ct) =>
        TypedResults.Ok(await clients.GetAsync(id, fields, caller, ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonBody body, ManagementPrincipal caller, ClientService clients, CancellationToken ct) =>
        TypedResults.Ok(await clients.UpdateAsync(id, body, caller, ct));

    private static async Task<IResult> DeleteAsync(string id, ClientService clients, CancellationToken ct)
    {
        await clients.DeleteAsync(id, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RotateSecretAsync(
        string id, ManagementPrincipal caller, ClientService clients, CancellationToken ct) =>
        TypedResults.Ok(await clients.RotateSecretAsync(id, caller, ct));
}
