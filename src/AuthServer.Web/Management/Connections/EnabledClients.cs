using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Connections;

/// <summary>The <c>enabled_clients</c> of a connection.</summary>
internal static class EnabledClients
{
    /// <summary>When the body names them, they become the whole list; null empties it.</summary>
    /// <exception cref="ManagementException">One of them does not exist.</exception>
    public static async Task ReplaceAsync(
        JsonBody body, Connection connection, AuthDbContext db, CancellationToken ct)
    {
        if (!body.Root.TryGetProperty("enabled_clients", out var sent))
            return;
        string[] wanted = sent.ValueKind == JsonValueKind.Null
            ? []
            : [.. sent.EnumerateArray().Select(id => id.GetString()!).Distinct(StringComparer.Ordinal)];
        await EnsureKnownAsync(wanted, db, ct);

        connection.Clients.RemoveAll(enabled => !wanted.Contains(enabled.ClientId, StringComparer.Ordinal));
        connection.Clients.AddRange(wanted.Except(connection.Clients.Select(c => c.ClientId), StringComparer.Ordinal)
            .Select(id => new ConnectionClient { ConnectionId = connection.Id, ClientId = id }).ToArray());
    }

    /// <exception cref="ManagementException">One of them does not exist.</exception>
    public static async Task EnsureKnownAsync(
        IReadOnlyCollection<string> clientIds, AuthDbContext db, CancellationToken ct)
    {
        var known = await db.Clients.Where(c => clientIds.Contains(c.ClientId)).Select(c => c.ClientId).ToListAsync(ct);
        if (clientIds.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw ManagementException.Invalid($"The client {unknown} does not exist", "enabled_clients");
    }
}
