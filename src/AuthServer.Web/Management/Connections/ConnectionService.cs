using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Storage.Users;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Connections;

/// <summary>Connections: user databases and identity providers.</summary>
internal sealed class ConnectionService(
    AuthDbContext db,
    TenantWrites writes,
    UserAccess access,
    PrivilegeEscalationGuard guard,
    AdministratorService administrators,
    ConnectionUsers users,
    ProviderOptions providers,
    OidcProviderClient client,
    TimeProvider time)
{
    private const string ConflictCode = "connection_conflict";

    public static ManagementException Missing =>
        ManagementError.NotFound("The connection does not exist", "inexistent_connection").AsException();

    public static CheckpointKey<Connection> ById { get; } =
        new((connections, last) => connections.Where(c => c.Id.CompareTo(last) > 0), connection => connection.Id);

    public Task<JsonNode> ListAsync(ConnectionFilter filter, Paging paging, Fields fields, CancellationToken ct)
    {
        var all = db.Connections.AsNoTracking();
        var connections = filter.Apply(fields.Has(ConnectionModel.EnabledClients) ? all.Include(c => c.Clients) : all);
        return paging.PageOrCheckpointAsync(
            "connections", connections, ById, c => fields.Pick(ConnectionModel.Write(c)), ct);
    }

    public async Task<JsonObject> CreateAsync(JsonBody body, CancellationToken ct)
    {
        body.Require("name", "strategy");
        var name = body.Text("name") ?? "";
        var connection = new Connection
        {
            Id = "con_" + OpaqueToken.Alphanumeric(16),
            Name = name,
            Strategy = body.Text("strategy") ?? "",
            Realms = [name],
            Options = body.Text("strategy") == Connection.DatabaseStrategy ? DatabaseOptions.Initial : "{}",
            ShowAsButton = body.Text("strategy") != Connection.DatabaseStrategy,
            CreatedAt = time.GetUtcNow(),
        };
        ConnectionModel.Wire.Apply(body, connection, Change.Create);
        ManagementException.ThrowIfInvalid(providers.Settle(connection, before: null));

        await using var write = await writes.BeginAsync(ct);
        await EnsureNameIsFreeAsync(connection, ct);
        await EnabledClients.ReplaceAsync(body, connection, db, ct);
        db.Add(connection);
        await write.SaveAsync(ct);
        return ConnectionModel.Write(connection);
    }

    public async Task<JsonObject> GetAsync(string id, Fields fields, CancellationToken ct)
    {
        var connection = await db.Connections.AsNoTracking().Include(c => c.Clients)
            .SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw Missing;
        return fields.Pick(ConnectionModel.Write(connection));
    }

    public async Task<JsonObject> UpdateAsync(string id, JsonBody body, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var connection = await db.Connections.Include(c => c.Clients).SingleOrDefaultAsync(c => c.Id == id, ct)
            ?? throw Missing;
        body.EnsureCurrent(ConnectionModel.Write(connection));
        var before = connection.Options;
        ConnectionModel.Wire.Apply(body, connection, Change.Update);
        if (body.Has("options"))
            ManagementException.ThrowIfInvalid(providers.Settle(connection, before));
        await EnabledClients.ReplaceAsync(body, connection, db, ct);
        await write.SaveAsync(ct);
        return ConnectionModel.Write(connection);
    }

    /// <summary>
    /// Its users are deleted with it. Deleting a connection that does not exist is not an error.
    /// </summary>
    public async Task<DateTimeOffset> DeleteAsync(string id, ManagementPrincipal caller, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        if (await db.Connections.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } connection)
            return now;
        await guard.EnsureUsersNotBeyondAsync(caller, users.SigningInBy(connection), ct);
        var theirs = db.Users.Where(u => u.Connection == connection.Name);
        await administrators.KeepingOneAsync(caller, () => access.DeleteAsync(theirs, now, ct), ct);
        await users.ForgetAsync(connection, now, ct);
        await db.TenantSettings.Where(s => s.DefaultDirectory == connection.Name)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DefaultDirectory, (string?)null), ct);
        db.Remove(connection);
        await write.SaveAsync(ct);
        return now;
    }

    public async Task DeleteUserAsync(string id, string email, ManagementPrincipal caller, CancellationToken ct)
    {
        var normalized = LoginIdentifier.Normalize(email);
        await using var write = await writes.BeginAsync(ct);
        var connection = await FindAsync(id, ct);
        var named = db.Users.Where(u => u.Connection == connection.Name && u.NormalizedEmail == normalized);
        await guard.EnsureUsersNotBeyondAsync(caller, named, ct);
        await access.DeleteAsync(named, time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
    }

    /// <summary>A database is in this process: when this answers, it is up.</summary>
    /// <exception cref="ManagementException">Users can't sign in by the connection now.</exception>
    public async Task EnsureOnlineAsync(string id, CancellationToken ct)
    {
        var provider = IdentityProvider.Of(await FindAsync(id, ct));
        if (provider is not null && await client.MetadataAsync(provider, ct) is null)
        {
            throw ManagementError.NotFound(
                "The identity provider does not answer, or its discovery document can't be used.",
                "connection_offline").AsException();
        }
    }

    /// <returns>Null for a database.</returns>
    public async Task<ProviderStatus?> StatusAsync(string id, CancellationToken ct) =>
        IdentityProvider.Of(await FindAsync(id, ct)) is { } provider ? await client.StatusAsync(provider, ct) : null;

    /// <summary>How many users are deleted with it.</summary>
    public async Task<int> CountUsersAsync(string id, CancellationToken ct)
    {
        var name = (await FindAsync(id, ct)).Name;
        return await db.Users.CountAsync(u => u.Connection == name, ct);
    }

    /// <summary>How many clients use each of these connections, those that none uses left out.</summary>
    public Task<Dictionary<string, int>> CountClientsAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        db.ConnectionClients.Where(c => ids.Contains(c.ConnectionId)).GroupBy(c => c.ConnectionId)
            .ToDictionaryAsync(clients => clients.Key, clients => clients.Count(), StringComparer.Ordinal, ct);

    private async Task<Connection> FindAsync(string id, CancellationToken ct) =>
        await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw Missing;

    private async Task EnsureNameIsFreeAsync(Connection connection, CancellationToken ct)
    {
        if (await db.Connections.AnyAsync(c => c.Name == connection.Name, ct))
        {
            throw ManagementError
                .Conflict("A connection with the same name already exists", ConflictCode).AsException();
        }

        if (!connection.IsDatabase && await TakenUserIds.HasAsync(db, ConnectionUsers.Of(connection), ct))
        {
            throw ManagementError.Conflict(
                "An identity provider had this name, and the ids of its users have it still. Choose another",
                ConflictCode).AsException();
        }
    }
}
