using System.Text.Json.Nodes;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Connections;

internal static class ConnectionEndpoints
{
    public static void MapConnections(this RouteGroupBuilder api)
    {
        api.MapGet("/connections", ListAsync).RequireScope("read:connections");
        api.MapPost("/connections", CreateAsync).RequireScope("create:connections");
        api.MapGet("/connections/{id}", GetAsync).RequireScope("read:connections");
        api.MapPatch("/connections/{id}", UpdateAsync).RequireScope("update:connections");
        api.MapDelete("/connections/{id}", DeleteAsync).RequireScope("delete:connections");
        api.MapGet("/connections/{id}/status", StatusAsync).RequireScope("read:connections");
        api.MapDelete("/connections/{id}/users", DeleteUserAsync).RequireScope("delete:users");
    }

    private static async Task<IResult> ListAsync(
        ConnectionFilter filter, Paging paging, Fields fields, ConnectionService connections, CancellationToken ct) =>
        TypedResults.Ok(await connections.ListAsync(filter, paging, fields, ct));

    private static async Task<IResult> CreateAsync(
        JsonBody body, ConnectionService connections, CancellationToken ct) =>
        ManagementResults.Created(await connections.CreateAsync(body, ct));

    private static async Task<IResult> GetAsync(
        string id, Fields fields, ConnectionService connections, CancellationToken ct) =>
        TypedResults.Ok(await connections.GetAsync(id, fields, ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonBody body, ConnectionService connections, CancellationToken ct) =>
        TypedResults.Ok(await connections.UpdateAsync(id, body, ct));

    private static async Task<IResult> DeleteAsync(
        string id, ManagementPrincipal caller, ConnectionService connections, CancellationToken ct)
    {
        var deletedAt = await connections.DeleteAsync(id, caller, ct);
        return TypedResults.Json(
            new JsonObject { ["deleted_at"] = deletedAt.Iso() }, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> StatusAsync(string id, ConnectionService connections, CancellationToken ct)
    {
        await connections.EnsureOnlineAsync(id, ct);
        return TypedResults.Ok();
    }

    private static async Task<IResult> DeleteUserAsync(
        string id,
        HttpContext http,
        ManagementPrincipal caller,
        ConnectionService connections,
        CancellationToken ct)
    {
        await connections.DeleteUserAsync(id, Query.Required(http, "email"), caller, ct);
        return TypedResults.NoContent();
    }
}
