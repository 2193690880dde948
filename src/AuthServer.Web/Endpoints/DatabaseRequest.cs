using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Model;
using AuthServer.Protocol.Extraction;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// A call at <c>/dbconnections</c>: what was sent, by which application, for which of its user databases.
/// </summary>
public sealed record DatabaseRequest(JsonElement Body, Client Client, Connection Connection)
{
    /// <summary>Description of the caller for the log.</summary>
    public LogEvent Event => new LogEvent().For(Client).At(Connection);

    public Registration Registration(User user) => new(user, Connection, Client) { Body = Body };

    public string Text(string name) => TextOf(Body, name);

    /// <summary>Reads JSON, as the SDKs send it, or a form.</summary>
    /// <returns>The request, or why there is none.</returns>
    public static async Task<(DatabaseRequest? Request, LegacyError? Refusal)> ReadAsync(
        HttpRequest http, IClientStore clients, IConnectionStore connections, CancellationToken ct)
    {
        if (await BodyAsync(http, ct) is not { } body)
            return (null, new LegacyError("invalid_request", "The body must be a JSON object, or a form."));
        if (TextOf(body, "client_id") is not { Length: > 0 } clientId
            || await clients.FindAsync(clientId, ct) is not { } client)
            return (null, new LegacyError("invalid_client", "The client_id is missing or unknown."));

        // A third party's application must not see a password (docs/auth0-compatibility.md).
        if (!client.IsFirstParty)
            return (null, new LegacyError("unauthorized_client", "Only first-party applications may do this."));
        var name = TextOf(body, "connection");
        var connection = (await connections.ForClientAsync(client.ClientId, ct)).FirstOrDefault(candidate =>
            candidate.IsDatabaseOf(name));
        return connection is null
            ? (
                null,
                new LegacyError("invalid_connection", "The connection was not found or is not enabled for this client.")
            )
            : (new DatabaseRequest(body, client, connection), null);
    }

    private static async Task<JsonElement?> BodyAsync(HttpRequest http, CancellationToken ct)
    {
        if (http.HasJsonContentType())
            return (await http.ReadJsonObjectAsync(ct)).Succeeded(out var holder, out _) ? holder.Root : null;
        return (await http.ReadOAuthFormAsync(ct)).Succeeded(out var form, out _)
            ? JsonSerializer.SerializeToElement(form.All)
            : null;
    }

    private static string TextOf(JsonElement body, string name) => JsonText.Of(body, name) ?? "";
}
