using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;

namespace AuthServer.Core.Users;

/// <summary>
/// The members of a profile that a user may set at <c>/dbconnections/signup</c>; all others are ignored.
/// </summary>
public static class SignUpMembers
{
    public const int MaxUsernameLength = 128;
    private const int MaxTextLength = 300;
    private const int MaxUrlLength = 2048;
    private const int MaxMetadataMembers = 10;
    private const int MaxMetadataLength = 500;

    private static readonly Member[] Texts =
    [
        new("username", user => user.Username, SetUsername, Username),
        new("name", user => user.Name, (user, text) => user.Name = text, Short),
        new("given_name", user => user.GivenName, (user, text) => user.GivenName = text, Short),
        new("family_name", user => user.FamilyName, (user, text) => user.FamilyName = text, Short),
        new("nickname", user => user.Nickname, (user, text) => user.Nickname = text, Short),
        new("picture", user => user.Picture, (user, text) => user.Picture = text, Picture),
    ];

    /// <returns>Description of the error; null when the value is valid.</returns>
    public static string? Read(JsonElement body, User user, DatabaseOptions options)
    {
        foreach (var (name, _, set, check) in Texts)
        {
            if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
                continue;
            if ((value.ValueKind == JsonValueKind.String ? check(value.GetString()!) : "must be a string") is { } reason
            )
                return $"{name} {reason}";
            if (value.GetString() is { Length: > 0 } text)
                set(user, text);
        }

        if (!options.AllowsAtSignUp(user.Username))
        {
            return "username: " + (options.UsernameAtSignUp == AttributeUse.Inactive
                ? "users of this connection don't choose one" : options.DescribeUsernames());
        }

        return body.TryGetProperty("user_metadata", out var metadata) && metadata.ValueKind != JsonValueKind.Null
            ? Metadata(metadata, user)
            : null;
    }

    /// <summary>The id without its strategy, and the members that were sent, as they are stored.</summary>
    public static JsonObject Write(User user, JsonElement body)
    {
        var json = new JsonObject
        {
            ["_id"] = user.Identities[0].ProviderUserId,
            ["email"] = user.Email,
            ["email_verified"] = user.EmailVerified,
        };
        foreach (var member in Texts.Where(member => JsonText.Of(body, member.Name) is { Length: > 0 }))
            json[member.Name] = member.Get(user);
        if (user.UserMetadata != "{}")
            json["user_metadata"] = JsonNode.Parse(user.UserMetadata);
        return json;
    }

    /// <summary>Without @, so that a user name can't equal another user's email address at the login.</summary>
    public static bool IsUsername(string name) =>
        name.Length is >= 1 and <= MaxUsernameLength
        && name.All(c => char.IsAsciiLetterOrDigit(c) || "_+-.!#$^`~'".Contains(c, StringComparison.Ordinal));

    private static void SetUsername(User user, string text) => user.Username = LoginIdentifier.Normalize(text);

    private static string? Username(string text) =>
        text.Length == 0 || IsUsername(text) ? null : "must be 1 to 128 letters, digits and _+-.!#$^`~'";

    private static string? Short(string text) =>
        text.Length <= MaxTextLength ? null : $"is longer than {MaxTextLength} characters";

    private static string? Picture(string text) =>
        text.Length == 0
        || (text.Length <= MaxUrlLength
            && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttps)
            ? null
            : "must be an https address";

    /// <summary>Only strings, and few of them: unauthenticated clients write here.</summary>
    private static string? Metadata(JsonElement value, User user)
    {
        if (value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().Count() > MaxMetadataMembers
            || value
                .EnumerateObject()
                .Any(member =>
                    member.Name.Length > 100
                    || member.Value.ValueKind != JsonValueKind.String
                    || member.Value.GetString()!.Length > MaxMetadataLength))
            return $"user_metadata must be an object of at most {MaxMetadataMembers} strings of at most "
                + $"{MaxMetadataLength} characters";
        user.UserMetadata = JsonNode.Parse(value.GetRawText())!.ToJsonString();
        return null;
    }

    private sealed record Member(
        string Name, Func<User, string?> Get, Action<User, string> Set, Func<string, string?> Check);
}
