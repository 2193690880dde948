using System.Text.Json.Nodes;
using AuthServer.Core.Register;

namespace AuthServer.Web.Formats;

/// <summary>RFC 7591 §3.2.1: the stored values, which may differ from the requested ones. No member is null.</summary>
internal static class RegistrationResponse
{
    public static IResult From(Registration registration)
    {
        var client = registration.Client;
        var json = new JsonObject { ["client_id"] = client.ClientId };
        if (registration.Secret is { } secret)
            json["client_secret"] = secret.Reveal();
        json["client_secret_expires_at"] = 0;
        json["client_id_issued_at"] = client.CreatedAt.ToUnixTimeSeconds();
        foreach (var member in RegistrationMembers.All)
        {
            if (member.Write(client) is { } value)
                json[member.Name] = value;
        }

        return Results.Json(json, statusCode: StatusCodes.Status201Created);
    }
}
