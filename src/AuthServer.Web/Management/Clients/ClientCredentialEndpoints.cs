using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

internal static class ClientCredentialEndpoints
{
    private const string Path = "/clients/{clientId}/credentials";

    public static void MapClientCredentials(this RouteGroupBuilder api)
    {
        api.MapGet(Path, ListAsync).RequireScope("read:client_credentials");
        api.MapPost(Path, CreateAsync).RequireScope("create:client_credentials");
        api.MapGet(Path + "/{id}", GetAsync).RequireScope("read:client_credentials");
        api.MapPatch(Path + "/{id}", UpdateAsync).RequireScope("update:client_credentials");
        api.MapDelete(Path + "/{id}", DeleteAsync).RequireScope("delete:client_credentials");
    }

    private static async Task<IResult> ListAsync(
        string clientId, ClientCredentialService credentials, CancellationToken ct) =>
        TypedResults.Ok(await credentials.ListAsync(clientId, ct));

    private static async Task<IResult> CreateAsync(
        string clientId,
        JsonBody body,
        ManagementPrincipal caller,
        ClientCredentialService credentials,
        CancellationToken ct) =>
        ManagementResults.Created(await credentials.CreateAsync(clientId, body, caller, ct));

    private static async Task<IResult> GetAsync(
        string clientId, string id, ClientCredentialService credentials, CancellationToken ct) =>
        TypedResults.Ok(await credentials.GetAsync(clientId, id, ct));

    private static async Task<IResult> UpdateAsync(
        string clientId,
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        ClientCredentialService credentials,
        CancellationToken ct) =>
        TypedResults.Ok(await credentials.UpdateAsync(clientId, id, body, caller, ct));

    private static async Task<IResult> DeleteAsync(
        string clientId,
        string id,
        ManagementPrincipal caller,
        ClientCredentialService credentials,
        CancellationToken ct)
    {
        await credentials.DeleteAsync(clientId, id, caller, ct);
        return TypedResults.NoContent();
    }
}
