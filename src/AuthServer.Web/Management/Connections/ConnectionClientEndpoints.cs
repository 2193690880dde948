using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

internal static class ConnectionClientEndpoints
{
    public static void MapConnectionClients(this RouteGroupBuilder api)
    {
        api.MapGet("/connections/{id}/clients", ListClientsAsync).RequireScope("read:connections");
        api.MapPatch("/connections/{id}/clients", UpdateAsync).RequireScope("update:connections");
        api.MapGet("/clients/{id}/connections", ListConnectionsAsync).RequireScope("read:connections");
    }

    private static async Task<IResult> ListClientsAsync(
        string id, Paging paging, ConnectionClientService clients, CancellationToken ct) =>
        TypedResults.Ok(await clients.ListAsync(id, paging, ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonListBody body, ConnectionClientService clients, CancellationToken ct)
    {
        await clients.UpdateAsync(id, body, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListConnectionsAsync(
        string id,
        HttpContext http,
        Paging paging,
        Fields fields,
        ConnectionClientService clients,
        CancellationToken ct)
    {
        var filter = new ConnectionFilter { Strategies = Query.Many(http, "strategy") };
        return TypedResults.Ok(await clients.ConnectionsOfClientAsync(id, filter, paging, fields, ct));
    }
}
