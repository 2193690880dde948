using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Users;

/// <summary>The members of a user. Nothing of the password is among them: it lies in another entity.</summary>
internal static class UserModel
{
    private static readonly JsonValidator ShortText = JsonValidators.TextUpTo(300);

    public static ResourceSchema<User> Wire { get; } =
        new ResourceSchema<User>()
            .AtCreate("user_id", JsonValidators.Text, u => u.UserId)
            .With(
                new(
                    "connection",
                    _ => null,
                    (_, value) => JsonValidators.Text(value) is { } reason ? new ValidationError(reason) : null))
            .OptionalText("email", u => u.Email, SetEmail, Email)
            .Flag("email_verified", u => u.EmailVerified, (u, v) => u.EmailVerified = v)
            .OptionalText("username", u => u.Username, SetUsername, Username)
            .OptionalText("phone_number", u => u.PhoneNumber, (u, v) => u.PhoneNumber = v, Phone)
            .Flag("phone_verified", u => u.PhoneVerified, (u, v) => u.PhoneVerified = v)
            .OptionalText("name", u => u.Name, (u, v) => u.Name = v, ShortText)
            .OptionalText("given_name", u => u.GivenName, (u, v) => u.GivenName = v, ShortText)
            .OptionalText("family_name", u => u.FamilyName, (u, v) => u.FamilyName = v, ShortText)
            .OptionalText("nickname", u => u.Nickname, (u, v) => u.Nickname = v, ShortText)
            .OptionalText("picture", u => u.Picture, (u, v) => u.Picture = v, Picture)
            .Flag("blocked", u => u.Blocked, (u, v) => u.Blocked = v)
            .With(
                new(
                    "user_metadata",
                    u => JsonNode.Parse(u.UserMetadata),
                    (u, v) => Merge(u.UserMetadata, v, merged => u.UserMetadata = merged)))
            .With(
                new(
                    "app_metadata",
                    u => JsonNode.Parse(u.AppMetadata),
                    (u, v) => Merge(u.AppMetadata, v, merged => u.AppMetadata = merged)))
            .Shown("identities", WriteIdentities)
            .Shown("created_at", u => u.CreatedAt.Iso())
            .Shown("updated_at", u => u.UpdatedAt.Iso())
            .Shown("last_login", u => u.LastLogin?.Iso())
            .Shown("last_ip", u => u.LastIp)
            .Shown("last_password_reset", u => u.LastPasswordReset?.Iso())
            .Shown("logins_count", u => u.LoginsCount)
            .Accepted("password", JsonValidators.Text)
            .Accepted("verify_email", JsonValidators.Flag)
            .Absent("verify_phone_number", "false")
            .Accepted("client_id", JsonValidators.Text);

    /// <summary>
    /// The one that the user came from first stands first; what the others were called is theirs to tell.
    /// </summary>
    public static JsonArray WriteIdentities(User user) =>
        new([.. user.Identities.OrderByDescending(i => i.IsFirst).Select(WriteIdentity)]);

    /// <summary>A user in the lists of members.</summary>
    public static JsonObject WriteMember(User user) => new()
    {
        ["user_id"] = user.UserId,
        ["email"] = user.Email,
        ["name"] = user.Name,
        ["picture"] = user.Picture,
    };

    private static void SetEmail(User user, string? email)
    {
        user.NormalizedEmail = email is null ? null : LoginIdentifier.Normalize(email);
        user.Email = NewUser.IsInDatabase(user) ? user.NormalizedEmail : email?.Trim();
    }

    private static void SetUsername(User user, string? username) =>
        user.Username = username is null ? null : LoginIdentifier.Normalize(username);

    private static string? Email(JsonElement value) =>
        JsonValidators.Text(value)
        ?? (
            LoginIdentifier.IsEmail(value.GetString()!.Trim())
                ? null
                : "Object didn't pass validation for format email: " + value.GetString());

    private static string? Username(JsonElement value) =>
        JsonValidators.Text(value)
        ?? (SignUpMembers.IsUsername(value.GetString()!) ? null : "Expected 1 to 128 letters, digits and _+-.!#$^`~'");

    private static string? Phone(JsonElement value) =>
        JsonValidators.Text(value)
        ?? (
            value.GetString() is ['+', .. { Length: >= 5 and <= 15 } digits] && digits.All(char.IsAsciiDigit)
                ? null
                : "Expected a number in E.164 form, such as +4930123456");

    private static string? Picture(JsonElement value) =>
        JsonValidators.TextUpTo(2048)(value)
        ?? (
            Uri.TryCreate(value.GetString(), UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
                ? null
                : "Object didn't pass validation for format uri");

    /// <summary>
    /// Merged one level deep: null deletes a key; null and an empty object in the whole's place empty it.
    /// </summary>
    private static ValidationError? Merge(string current, JsonElement value, Action<string> set)
    {
        var isNull = value.ValueKind == JsonValueKind.Null;
        if (!isNull && JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        var text = isNull || !value.EnumerateObject().Any()
            ? "{}"
            : UserMetadata.Merge(current, value.EnumerateObject().ToDictionary(
                member => member.Name, member => member.Value, StringComparer.Ordinal));
        if (text.Length > IUserMetadataStore.MaxLength)
            return $"Is larger than {IUserMetadataStore.MaxLength} bytes";
        set(text);
        return null;
    }

    private static JsonObject WriteIdentity(UserIdentity identity)
    {
        var json = new JsonObject
        {
            ["connection"] = identity.Connection,
            ["user_id"] = identity.ProviderUserId,
            ["provider"] = identity.Provider,
            ["isSocial"] = identity.IsSocial,
        };
        if (!identity.IsFirst && identity.ProfileData is { } profile)
            json["profileData"] = JsonNode.Parse(profile);
        return json;
    }
}
