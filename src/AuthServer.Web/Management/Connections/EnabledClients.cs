using System.Text.Json;
using AuthServer.Core.Connections;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Connections;

/// <summary>The <c>enabled_clients</c> of a connection.</summary>
internal static class EnabledClients
{
    /// <summary>When the body names them, they become the whole list; null empties it.</summary>
    public static async Task<ManagementError?> ReplaceAsync(
        JsonBody body, Connection connection, AuthDbContext db, CancellationToken ct)
    {
        if (!body.Root.TryGetProperty("enabled_clients", out var sent))
            return null;
        string[] wanted =
            sent.ValueKind == JsonValueKind.Null
                ? []
                : [.. sent.EnumerateArray().Select(id => id.GetString()!).Distinct(StringComparer.Ordinal)];
        if (await UnknownAsync(wanted, db, ct) is { } unknown)
            return unknown;

        connection.Clients.RemoveAll(enabled => !wanted.Contains(enabled.ClientId, StringComparer.Ordinal));
        connection.Clients.AddRange(wanted.Except(connection.Clients.Select(c => c.ClientId), StringComparer.Ordinal)
            .Select(id => new ConnectionClient { ConnectionId = connection.Id, ClientId = id }).ToArray());
        return null;
    }

    public static async Task<ManagementError?> UnknownAsync(
        IReadOnlyCollection<string> clientIds, AuthDbContext db, CancellationToken ct)
    {
        var known = await db.Clients.Where(c => clientIds.Contains(c.ClientId)).Select(c => c.ClientId).ToListAsync(ct);
        return clientIds.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown
            ? ManagementError.InvalidBody(
                new ValidationError($"The client {unknown} does not exist", "enabled_clients"))
            : null;
    }
}
