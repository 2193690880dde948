using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>
/// A client's <c>signed_request_object</c>: whether its requests have to be signed (RFC 9101), and by which of its
/// credentials.
/// </summary>
internal static class SignedRequestObjectModel
{
    private const string Name = "signed_request_object";

    /// <summary>What is sent is read apart, because new keys come with a client's creation alone.</summary>
    public static Member<Client> Member { get; } = new(Name, Write, (_, _) => null);

    public static ValidationError? Read(JsonBody body, Client client, Change change, DateTimeOffset now)
    {
        if (!body.Root.TryGetProperty(Name, out var sent))
            return null;
        (client.RequireSignedRequestObject, client.RequestObjectCredentials) = (false, []);
        return sent.ValueKind == JsonValueKind.Null ? null : Read(sent, client, change, now)?.Under(Name);
    }

    private static ValidationError? Read(JsonElement sent, Client client, Change change, DateTimeOffset now)
    {
        if (JsonValidators.Object(sent) is { } mistyped)
            return mistyped;
        foreach (var member in sent.EnumerateObject())
        {
            var problem = member.Name switch
            {
                "required" => ReadRequired(member.Value, client),
                "credentials" => ReadCredentials(member.Value, client, change, now),
                _ => ValidationError.Unknown(member.Name),
            };
            if (problem is not null)
                return member.Name is "required" or "credentials" ? problem.Under(member.Name) : problem;
        }

        return null;
    }

    private static ValidationError? ReadRequired(JsonElement value, Client client)
    {
        if (JsonValidators.Flag(value) is { } mistyped)
            return mistyped;
        client.RequireSignedRequestObject = value.GetBoolean();
        return null;
    }

    private static ValidationError? ReadCredentials(JsonElement value, Client client, Change change, DateTimeOffset now)
    {
        if (JsonValidators.Objects(value) is { } mistyped)
            return mistyped;
        var ids = new List<string>();
        foreach (var element in value.EnumerateArray())
        {
            if (element.TryGetProperty("id", out var id))
            {
                if (id.ValueKind != JsonValueKind.String
                    || !client.Credentials.Exists(known => known.Id == id.GetString()))
                    return new ValidationError("Expected the id of a credential of this client", "id");
                ids.Add(id.GetString()!);
                continue;
            }

            if (change == Change.Update)
                return ValidationError.Missing("id");
            if (ClientCredentialModel.Read(element, client.ClientId, now, out var credential) is { } problem)
                return problem;

            // The same key may authenticate the client too.
            var known = client.Credentials.Find(other => other.KeyId == credential!.KeyId);
            if (known is null)
                client.Credentials.Add(credential!);
            ids.Add((known ?? credential!).Id);
        }

        client.RequestObjectCredentials = [.. ids.Distinct(StringComparer.Ordinal)];
        return null;
    }

    private static JsonObject? Write(Client client)
    {
        if (!client.RequireSignedRequestObject && client.RequestObjectCredentials.Count == 0)
            return null;
        var json = new JsonObject { ["required"] = client.RequireSignedRequestObject };
        if (client.RequestObjectCredentials.Count > 0)
            json["credentials"] = new JsonArray([
                .. client.RequestObjectCredentials.Select(id => new JsonObject { ["id"] = id }),
            ]);
        return json;
    }
}
