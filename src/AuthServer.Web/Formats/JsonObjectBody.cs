using System.Text.Json;
using AuthServer.Core;
using AuthServer.Protocol.Extraction;

namespace AuthServer.Web.Formats;

/// <summary>Reads a body that is one JSON object, each of whose names and texts can be read.</summary>
public static class JsonObjectBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static async Task<Result<Holder>> ReadJsonObjectAsync(
        this HttpRequest http, CancellationToken ct, long maxSize = RequestReader.MaxBodySize)
    {
        http.LimitBody(maxSize);
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Body, Strict, ct);
            return document.RootElement.ValueKind == JsonValueKind.Object && JsonText.IsReadable(document.RootElement)
                ? new Holder(document.RootElement.Clone())
                : OAuthError.InvalidClientMetadata(
                    "The body must be a JSON object, its texts Unicode without NUL characters");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return OAuthError.InvalidClientMetadata(
                "The body is not valid JSON, names a member twice, or nests too deep");
        }
    }

    /// <summary>The object.</summary>
    public sealed record Holder(JsonElement Root);
}
