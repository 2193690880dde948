using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Connections;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Storage.Users;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Connections;

internal static class ConnectionEndpoints
{
    public static ManagementError Missing { get; } =
        ManagementError.NotFound("The connection does not exist", "inexistent_connection");

    public static void MapConnections(this RouteGroupBuilder api)
    {
        api.MapGet("/connections", ListAsync).RequireScope("read:connections");
        api.MapPost("/connections", CreateAsync).RequireScope("create:connections");
        api.MapGet("/connections/{id}", GetAsync).RequireScope("read:connections");
        api.MapPatch("/connections/{id}", UpdateAsync).RequireScope("update:connections");
        api.MapDelete("/connections/{id}", DeleteAsync).RequireScope("delete:connections");
        api.MapGet("/connections/{id}/status", ConnectionStatus.GetAsync).RequireScope("read:connections");
        api.MapDelete("/connections/{id}/users", DeleteUserAsync).RequireScope("delete:users");
    }

    private static Task<IResult> ListAsync(
        HttpContext http,
        Paging paging,
        Fields fields,
        AuthDbContext db,
        CancellationToken ct)
    {
        var connections = db.Connections.AsNoTracking().Include(c => c.Clients).AsQueryable();
        var strategies = http
            .Request.Query["strategy"]
            .Concat(http.Request.Query["strategy[]"])
            .OfType<string>()
            .Take(100)
            .ToArray();
        if (strategies.Length > 0)
            connections = connections.Where(c => strategies.Contains(c.Strategy));
        if (Query.Text(http, "name") is { } name)
            connections = connections.Where(c => c.Name == name);

        var ordered = connections.OrderBy(c => c.Id);
        return paging.ByCheckpoint
            ? paging.CheckpointAsync(
                "connections",
                ordered,
                (query, last) => query.Where(c => c.Id.CompareTo(last) > 0),
                c => c.Id,
                c => fields.Pick(ConnectionModel.Write(c)),
                ct)
            : paging.PageAsync("connections", ordered, c => fields.Pick(ConnectionModel.Write(c)), ct);
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        ProviderOptions providers,
        TimeProvider time,
        CancellationToken ct)
    {
        if (body.Missing("name", "strategy") is { } missing)
            return missing;
        var name = body.Text("name") ?? "";
        var connection = new Connection
        {
            Id = "con_" + OpaqueToken.Alphanumeric(16),
            Name = name,
            Strategy = body.Text("strategy") ?? "",
            Realms = [name],
            ShowAsButton = body.Text("strategy") != Connection.DatabaseStrategy,
            CreatedAt = time.GetUtcNow(),
        };
        if (ConnectionModel.Wire.Apply(body, connection, Change.Create) is { } malformed)
            return malformed;
        if (providers.Settle(connection, before: null) is { } unfit)
            return ManagementError.InvalidBody(unfit);

        await using var write = await writes.BeginAsync(ct);
        if (await db.Connections.AnyAsync(c => c.Name == name, ct))
            return ManagementError.Conflict("A connection with the same name already exists", "connection_conflict");
        if (!connection.IsDatabase && await TakenUserIds.HasAsync(db, ConnectionUsers.Of(connection), ct))
            return ManagementError.Conflict(
                "An identity provider had this name, and the ids of its users have it still. Choose another",
                "connection_conflict");
        if (await EnabledClients.ReplaceAsync(body, connection, db, ct) is { } unknown)
            return unknown;

        db.Add(connection);
        await write.SaveAsync(ct);
        return Results.Json(ConnectionModel.Write(connection), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string id, Fields fields, AuthDbContext db, CancellationToken ct) =>
        await db.Connections.AsNoTracking().Include(c => c.Clients).SingleOrDefaultAsync(c => c.Id == id, ct)
            is { } connection
            ? Results.Json(fields.Pick(ConnectionModel.Write(connection)))
            : Missing;

    private static async Task<IResult> UpdateAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        ProviderOptions providers,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Connections.Include(c => c.Clients).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } connection
        )
            return Missing;
        var before = connection.Options;
        if (ConnectionModel.Wire.Apply(body, connection, Change.Update) is { } malformed)
            return malformed;
        if (body.Has("options") && providers.Settle(connection, before) is { } unfit)
            return ManagementError.InvalidBody(unfit);
        if (await EnabledClients.ReplaceAsync(body, connection, db, ct) is { } unknown)
            return unknown;

        await write.SaveAsync(ct);
        return Results.Json(ConnectionModel.Write(connection));
    }

    /// <summary>A connection takes its users along.</summary>
    private static async Task<IResult> DeleteAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        UserAccess access,
        ConnectionUsers users,
        TimeProvider time,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        if (await db.Connections.SingleOrDefaultAsync(c => c.Id == id, ct) is { } connection)
        {
            await access.DeleteAsync(db.Users.Where(u => u.Connection == connection.Name), now, ct);
            await users.ForgetAsync(connection, now, ct);
            await db.TenantSettings.Where(s => s.DefaultDirectory == connection.Name)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.DefaultDirectory, (string?)null), ct);
            db.Remove(connection);
            await write.SaveAsync(ct);
        }

        return Results.Json(new JsonObject { ["deleted_at"] = now.Iso() }, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> DeleteUserAsync(
        string id,
        HttpContext http,
        AuthDbContext db,
        TenantWrites writes,
        UserAccess access,
        TimeProvider time,
        CancellationToken ct)
    {
        if (Query.Text(http, "email") is not { } email)
            return ManagementError.InvalidQuery("Missing required property: email");
        var normalized = LoginIdentifier.Normalize(email);
        await using var write = await writes.BeginAsync(ct);
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } connection)
            return Missing;

        await access.DeleteAsync(
            db.Users.Where(u => u.Connection == connection.Name && u.NormalizedEmail == normalized),
            time.GetUtcNow(),
            ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }
}
