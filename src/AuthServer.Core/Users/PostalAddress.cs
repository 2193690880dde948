using System.Text.Json;
using AuthServer.Core.Model;

namespace AuthServer.Core.Users;

/// <summary>
/// The <c>address</c> claim, OpenID Connect Core §5.1.1: the members of that name in the <c>address</c> of the user's
/// <c>user_metadata</c>.
/// </summary>
internal static class PostalAddress
{
    private static readonly string[] Members =
    [
        "formatted", "street_address", "locality", "region", "postal_code", "country",
    ];

    public static void Write(Utf8JsonWriter json, User user)
    {
        using var metadata = JsonDocument.Parse(user.UserMetadata);
        if (metadata.RootElement.ValueKind != JsonValueKind.Object
            || !metadata.RootElement.TryGetProperty("address", out var address)
            || address.ValueKind != JsonValueKind.Object)
            return;
        var known = Members
            .Where(member => address.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String)
            .ToList();
        if (known.Count == 0)
            return;
        json.WriteStartObject("address");
        foreach (var member in known)
            json.WriteString(member, address.GetProperty(member).GetString());
        json.WriteEndObject();
    }
}
