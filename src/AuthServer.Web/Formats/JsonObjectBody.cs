using System.Text.Json;
using AuthServer.Core;
using AuthServer.Protocol.Extraction;

namespace AuthServer.Web.Formats;

/// <summary>Reads a body that is one JSON object, each of whose names and texts can be read.</summary>
public static class JsonObjectBody
{
    private const int MaxDepth = 16;

    public static async Task<Result<Holder>> ReadJsonObjectAsync(
        this HttpRequest http, CancellationToken ct, long maxSize = RequestReader.MaxBodySize)
    {
        http.LimitBody(maxSize);
        if (await JsonText.ReadAsync(http.Body, MaxDepth, ct) is not { } json)
            return OAuthError.InvalidClientMetadata(
                "The body is not valid JSON, names a member twice, or nests too deep");
        return json.ValueKind == JsonValueKind.Object && JsonText.IsReadable(json)
            ? new Holder(json)
            : OAuthError.InvalidClientMetadata(
                "The body must be a JSON object, its texts Unicode without NUL characters");
    }

    /// <summary>The object.</summary>
    public sealed record Holder(JsonElement Root);
}
