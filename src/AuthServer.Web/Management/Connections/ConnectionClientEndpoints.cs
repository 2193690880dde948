using System.Text.Json.Nodes;
using AuthServer.Core.Connections;
using AuthServer.Storage;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Connections;

/// <summary>Which clients may use which connection, seen from both sides.</summary>
internal static class ConnectionClientEndpoints
{
    private static readonly ResourceSchema<Item> Wire = new ResourceSchema<Item>()
        .Text("client_id", i => i.ClientId, (i, v) => i.ClientId = v)
        .With(new("status", i => i.Status, (i, v) =>
        {
            if (JsonValidators.Flag(v) is { } mistyped)
                return mistyped;
            i.Status = v.GetBoolean();
            return null;
        }));

    public static void MapConnectionClients(this RouteGroupBuilder api)
    {
        api.MapGet("/connections/{id}/clients", ListClientsAsync).RequireScope("read:connections");
        api.MapPatch("/connections/{id}/clients", UpdateAsync).RequireScope("update:connections");
        api.MapGet("/clients/{id}/connections", ListConnectionsAsync).RequireScope("read:connections");
    }

    private static async Task<IResult> ListClientsAsync(
        string id, Paging paging, AuthDbContext db, CancellationToken ct)
    {
        if (!await db.Connections.AnyAsync(c => c.Id == id, ct))
            return ConnectionEndpoints.Missing;
        var enabled = db.ConnectionClients.AsNoTracking().Where(c => c.ConnectionId == id).OrderBy(c => c.ClientId);
        return await paging.CheckpointAsync(
            "clients",
            enabled,
            (query, last) => query.Where(c => c.ClientId.CompareTo(last) > 0),
            c => c.ClientId,
            c => new JsonObject { ["client_id"] = c.ClientId },
            ct);
    }

    private static async Task<IResult> UpdateAsync(
        string id,
        JsonListBody body,
        AuthDbContext db,
        TenantWrites writes,
        CancellationToken ct)
    {
        var items = new List<Item>();
        foreach (var element in body.Root.EnumerateArray())
        {
            var item = new Item();
            if ((
                    JsonValidators.Object(element) is { } mistyped
                        ? new ValidationError(mistyped)
                        : Wire.Apply(element, item, Change.Create)) is
                { } problem)
                return ManagementError.InvalidBody(problem);
            if (item.ClientId.Length == 0 || item.Status is null)
                return ManagementError.InvalidBody(
                    ValidationError.Missing(item.ClientId.Length == 0 ? "client_id" : "status"));
            items.Add(item);
        }

        await using var write = await writes.BeginAsync(ct);
        if (await db.Connections.Include(c => c.Clients).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } connection
        )
            return ConnectionEndpoints.Missing;
        if (await EnabledClients.UnknownAsync(
                [.. items.Select(i => i.ClientId).Distinct(StringComparer.Ordinal)], db, ct) is
            { } unknown)
            return unknown;
        foreach (var item in items)
        {
            var known = connection.Clients.Find(c => c.ClientId == item.ClientId);
            if (item.Status == true && known is null)
                connection.Clients.Add(new ConnectionClient { ConnectionId = id, ClientId = item.ClientId });
            else if (item.Status == false && known is not null)
                connection.Clients.Remove(known);
        }

        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static async Task<IResult> ListConnectionsAsync(
        string id,
        HttpContext http,
        Paging paging,
        Fields fields,
        AuthDbContext db,
        CancellationToken ct)
    {
        if (!await db.Clients.AnyAsync(c => c.ClientId == id, ct))
            return ClientEndpoints.Missing;
        var connections = db
            .Connections.AsNoTracking()
            .Include(c => c.Clients)
            .Where(c => c.Clients.Any(enabled => enabled.ClientId == id));
        var strategies = http.Request.Query["strategy"].OfType<string>().Take(100).ToArray();
        if (strategies.Length > 0)
            connections = connections.Where(c => strategies.Contains(c.Strategy));
        return await paging.CheckpointAsync(
            "connections",
            connections.OrderBy(c => c.Id),
            (query, last) => query.Where(c => c.Id.CompareTo(last) > 0),
            c => c.Id,
            c => fields.Pick(ConnectionModel.Write(c)),
            ct);
    }

    private sealed class Item
    {
        public string ClientId { get; set; } = "";
        public bool? Status { get; set; }
    }
}
