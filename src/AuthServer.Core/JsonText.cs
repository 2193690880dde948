using System.Text.Json;

namespace AuthServer.Core;

/// <summary>Somebody else's JSON.</summary>
public static class JsonText
{
    private const int Deepest = 16;

    /// <returns>Null for what is not JSON, or holds text that can't be read.</returns>
    public static JsonElement? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest });
            return IsReadable(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The parser takes half a surrogate pair for text and fails only when the text is asked for: so all of it is asked for here.</summary>
    public static bool IsReadable(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => json.GetString() is not null,
                JsonValueKind.Array => json.EnumerateArray().All(IsReadable),
                JsonValueKind.Object => json.EnumerateObject().All(member => member.Name.Length >= 0 && IsReadable(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
