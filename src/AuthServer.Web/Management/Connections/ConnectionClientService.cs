using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Connections;

/// <summary>Which clients may use which connection, seen from both sides.</summary>
internal sealed class ConnectionClientService(AuthDbContext db, TenantWrites writes)
{
    private static readonly CheckpointKey<ConnectionClient> ByClientId =
        new((enabled, last) => enabled.Where(c => c.ClientId.CompareTo(last) > 0), client => client.ClientId);

    private static readonly ResourceSchema<Item> Wire = new ResourceSchema<Item>()
        .Text("client_id", i => i.ClientId, (i, v) => i.ClientId = v)
        .With(new("status", i => i.Status, (i, v) =>
        {
            if (JsonValidators.Flag(v) is { } mistyped)
                return mistyped;
            i.Status = v.GetBoolean();
            return null;
        }));

    public async Task<JsonNode> ListAsync(string connectionId, Paging paging, CancellationToken ct)
    {
        if (!await db.Connections.AnyAsync(c => c.Id == connectionId, ct))
            throw ConnectionService.Missing;
        var enabled = db.ConnectionClients.AsNoTracking()
            .Where(c => c.ConnectionId == connectionId).OrderBy(c => c.ClientId);
        return await paging.CheckpointAsync(
            "clients", enabled, ByClientId, c => new JsonObject { ["client_id"] = c.ClientId }, ct);
    }

    /// <summary>Clients that the list does not name stay as they are.</summary>
    public async Task UpdateAsync(string connectionId, JsonListBody body, CancellationToken ct)
    {
        var items = Read(body);
        await using var write = await writes.BeginAsync(ct);
        var connection = await db.Connections.Include(c => c.Clients)
            .SingleOrDefaultAsync(c => c.Id == connectionId, ct) ?? throw ConnectionService.Missing;
        var named = items.Select(item => item.ClientId).Distinct(StringComparer.Ordinal);
        await EnabledClients.EnsureKnownAsync([.. named], db, ct);
        foreach (var item in items)
        {
            var known = connection.Clients.Find(c => c.ClientId == item.ClientId);
            if (item.Status == true && known is null)
                connection.Clients.Add(new ConnectionClient { ConnectionId = connectionId, ClientId = item.ClientId });
            else if (item.Status == false && known is not null)
                connection.Clients.Remove(known);
        }

        await write.SaveAsync(ct);
    }

    public async Task<JsonNode> ConnectionsOfClientAsync(
        string clientId, ConnectionFilter filter, Paging paging, Fields fields, CancellationToken ct)
    {
        if (!await db.Clients.AnyAsync(c => c.ClientId == clientId, ct))
            throw ClientService.Missing;
        var connections = filter.Apply(db.Connections.AsNoTracking().Include(c => c.Clients))
            .Where(c => c.Clients.Any(enabled => enabled.ClientId == clientId)).OrderBy(c => c.Id);
        return await paging.CheckpointAsync(
            "connections", connections, ConnectionService.ById, c => fields.Pick(ConnectionModel.Write(c)), ct);
    }

    private static List<Item> Read(JsonListBody body)
    {
        var items = new List<Item>();
        foreach (var element in body.Root.EnumerateArray())
        {
            var item = new Item();
            ManagementException.ThrowIfInvalid(JsonValidators.Object(element) is { } mistyped
                ? mistyped
                : Wire.Apply(element, item, Change.Create) ?? item.CheckComplete());
            items.Add(item);
        }

        return items;
    }

    private sealed class Item
    {
        public string ClientId { get; set; } = "";
        public bool? Status { get; set; }

        public ValidationError? CheckComplete() =>
            ClientId.Length == 0 ? ValidationError.Missing("client_id")
            : Status is null ? ValidationError.Missing("status")
            : null;
    }
}
