using System.Text.Json;
using AuthServer.Core;

namespace AuthServer.Web.Http;

/// <summary>Reads a body that is one JSON object, each of whose names and texts can be read.</summary>
public static class JsonObjectBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static async Task<Result<Holder>> ReadJsonObjectAsync(this HttpRequest http, CancellationToken ct)
    {
        http.LimitBody();
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Body, Strict, ct);
            return document.RootElement.ValueKind == JsonValueKind.Object && IsReadable(document.RootElement)
                ? new Holder(document.RootElement.Clone())
                : OAuthError.InvalidClientMetadata("The body must be a JSON object, its texts Unicode without NUL characters");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return OAuthError.InvalidClientMetadata("The body is not valid JSON, names a member twice, or nests too deep");
        }
    }

    /// <summary>The parser takes half a surrogate pair and any bytes for text, and fails only when the text is asked for: so all of it is asked for here.</summary>
    private static bool IsReadable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => !value.GetString()!.Contains('\0', StringComparison.Ordinal),
        JsonValueKind.Array => value.EnumerateArray().All(IsReadable),
        JsonValueKind.Object => value.EnumerateObject().All(member => !member.Name.Contains('\0', StringComparison.Ordinal) && IsReadable(member.Value)),
        _ => true,
    };

    /// <summary>The object.</summary>
    public sealed record Holder(JsonElement Root);
}
