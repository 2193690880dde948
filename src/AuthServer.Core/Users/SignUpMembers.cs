using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthServer.Core.Users;

/// <summary>
/// What somebody may say of themselves at <c>/dbconnections/signup</c>; anything else is not looked at.
/// </summary>
public static class SignUpMembers
{
    private const int LongestText = 300;
    private const int LongestUrl = 2048;
    private const int MostMetadata = 10;
    private const int LongestMetadata = 500;

    private static readonly (string Name, Action<User, string> Set, Func<string, string?> Check)[] Texts =
    [
        ("username", (user, text) => user.Username = LoginIdentifier.Normalize(text), Username),
        ("name", (user, text) => user.Name = text, Short),
        ("given_name", (user, text) => user.GivenName = text, Short),
        ("family_name", (user, text) => user.FamilyName = text, Short),
        ("nickname", (user, text) => user.Nickname = text, Short),
        ("picture", (user, text) => user.Picture = text, Picture),
    ];

    /// <summary>The texts that were taken over, to be said again in the answer.</summary>
    public static IEnumerable<string> Echoed => Texts.Select(member => member.Name);

    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Read(JsonElement body, User user)
    {
        foreach (var (name, set, check) in Texts)
        {
            if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
                continue;
            if ((value.ValueKind == JsonValueKind.String ? check(value.GetString()!) : "must be a string") is { } reason)
                return $"{name} {reason}";
            if (value.GetString() is { Length: > 0 } text)
                set(user, text);
        }

        return body.TryGetProperty("user_metadata", out var metadata) && metadata.ValueKind != JsonValueKind.Null ? Metadata(metadata, user) : null;
    }

    /// <summary>Without @, so that a user name is never somebody else's e-mail address at the login.</summary>
    public static bool IsUsername(string name) =>
        name.Length is >= 1 and <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || "_+-.!#$^`~'".Contains(c, StringComparison.Ordinal));

    private static string? Username(string text) => text.Length == 0 || IsUsername(text) ? null : "must be 1 to 128 letters, digits and _+-.!#$^`~'";

    private static string? Short(string text) => text.Length <= LongestText ? null : $"is longer than {LongestText} characters";

    private static string? Picture(string text) =>
        text.Length == 0 || (text.Length <= LongestUrl && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps) ? null : "must be an https address";

    /// <summary>Texts alone, and few: anybody writes here.</summary>
    private static string? Metadata(JsonElement value, User user)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() > MostMetadata
            || value.EnumerateObject().Any(member => member.Name.Length > 100 || member.Value.ValueKind != JsonValueKind.String || member.Value.GetString()!.Length > LongestMetadata))
            return $"user_metadata must be an object of at most {MostMetadata} strings of at most {LongestMetadata} characters";
        user.UserMetadata = JsonNode.Parse(value.GetRawText())!.ToJsonString();
        return null;
    }
}
