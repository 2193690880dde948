using System.Text.Json;
using AuthServer.Core;

namespace AuthServer.Web.Management.Wire;

/// <summary>
/// Members of Auth0's that nothing here acts on. Tools send them with their defaults, which are accepted; any other
/// value is refused (docs/auth0-compatibility.md#members-that-are-refused).
/// </summary>
internal static class UnsupportedMember
{
    /// <param name="byDefault">
    /// JSON. Of an object's members that it does not name, values that switch nothing on are accepted.
    /// </param>
    /// <param name="reason">The end of the sentence that refuses.</param>
    public static JsonValidator Validator(string byDefault, string? reason = null)
    {
        var accepted = Parse(byDefault);
        var refusal = $"Only {JsonSerializer.Serialize(accepted)} is supported";
        if (reason is not null)
            refusal += ": " + reason;
        return value => Accepts(value, accepted) ? null : refusal;
    }

    /// <summary>An object says nothing about the members that it does not have.</summary>
    private static bool Accepts(JsonElement value, JsonElement byDefault) =>
        (value.ValueKind, byDefault.ValueKind) switch
        {
            (JsonValueKind.Null, _) => true,
            (JsonValueKind.Object, JsonValueKind.Object) => AcceptsMembers(value, byDefault),
            (_, JsonValueKind.Undefined) => IsOff(value),
            _ => JsonElement.DeepEquals(value, byDefault),
        };

    private static bool AcceptsMembers(JsonElement value, JsonElement byDefault) =>
        value.EnumerateObject().All(member => Accepts(member.Value, JsonText.Member(byDefault, member.Name)));

    /// <summary>An empty object may switch something on, with the defaults of that.</summary>
    private static bool IsOff(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any() && AcceptsMembers(value, default),
        JsonValueKind.False => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
