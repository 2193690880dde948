using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthServer.Web.TryIt;

/// <summary>Decoded JWT, for display.</summary>
public sealed record DecodedToken(JsonObject Header, JsonObject Claims)
{
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>Null for a token that is not a JWT; an opaque one, for example.</returns>
    public static DecodedToken? Read(string token)
    {
        if (token.Split('.') is not [var header, var claims, _])
            return null;
        try
        {
            return
                JsonNode.Parse(Decode(header)) is JsonObject first
                && JsonNode.Parse(Decode(claims)) is JsonObject second
                ? new DecodedToken(first, second)
                : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>For display; it is encoded for HTML where it is shown.</summary>
    public static string Print(JsonNode? node) => node?.ToJsonString(Pretty) ?? "";

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
