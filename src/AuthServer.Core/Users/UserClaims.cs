using System.Collections.Frozen;
using System.Text.Json;
using AuthServer.Core.Model;

namespace AuthServer.Core.Users;

/// <summary>
/// How <c>updated_at</c> is written: Auth0's ID tokens have a text, OpenID Connect Core §5.1 a number
/// (docs/decisions/0005).
/// </summary>
public enum UpdatedAtFormat
{
    Iso8601,
    UnixSeconds,
}

/// <summary>
/// The standard claims of a user, OpenID Connect Core §5.1: each is opened by its scope (§5.4) or by its own name in
/// the <c>claims</c> parameter (§5.5). Unknown values are left out.
/// </summary>
public static class UserClaims
{
    private static readonly (string Name, string Scope, Action<Utf8JsonWriter, User, UpdatedAtFormat> Write)[] All =
    [
        ("given_name", "profile", (json, user, _) => Known(json, "given_name", user.GivenName)),
        ("family_name", "profile", (json, user, _) => Known(json, "family_name", user.FamilyName)),
        ("nickname", "profile", (json, user, _) => Known(json, "nickname", user.Nickname)),
        ("name", "profile", (json, user, _) => Known(json, "name", user.Name)),
        ("preferred_username", "profile", (json, user, _) => Known(json, "preferred_username", user.Username)),
        ("picture", "profile", (json, user, _) => Known(json, "picture", user.Picture)),
        ("updated_at", "profile", WriteUpdatedAt),
        ("email", "email", (json, user, _) => Known(json, "email", user.Email)),
        (
            "email_verified",
            "email",
            (json, user, _) => Known(json, "email_verified", user.Email is null ? null : user.EmailVerified)),
        ("phone_number", "phone", (json, user, _) => Known(json, "phone_number", user.PhoneNumber)),
        (
            "phone_number_verified",
            "phone",
            (json, user, _) =>
                Known(json, "phone_number_verified", user.PhoneNumber is null ? null : user.PhoneVerified)),
        ("address", "address", (json, user, _) => PostalAddress.Write(json, user)),
    ];

    /// <summary>The claims, each with the scope that opens it.</summary>
    public static FrozenDictionary<string, string> ScopeOf { get; } =
        All.ToFrozenDictionary(claim => claim.Name, claim => claim.Scope, StringComparer.Ordinal);

    /// <param name="json">Target object.</param>
    /// <param name="user">User whose claims are written.</param>
    /// <param name="scopes">Granted scopes.</param>
    /// <param name="besides">Claims that were requested by name.</param>
    /// <param name="updatedAt">How that one is written.</param>
    /// <param name="isCustom">Whether an Action has set the claim, which is not written here then.</param>
    public static void Write(
        Utf8JsonWriter json,
        User user,
        Scopes scopes,
        IReadOnlyList<string> besides,
        UpdatedAtFormat updatedAt,
        Func<string, bool> isCustom)
    {
        foreach (var (name, scope, write) in All)
        {
            var isOpen = scopes.Contains(scope) || besides.Contains(name, StringComparer.Ordinal);
            if (isOpen && !isCustom(name))
                write(json, user, updatedAt);
        }
    }

    private static void WriteUpdatedAt(Utf8JsonWriter json, User user, UpdatedAtFormat format)
    {
        if (format == UpdatedAtFormat.Iso8601)
            json.WriteString(
                "updated_at",
                user.UpdatedAt.UtcDateTime.ToString(
                    "yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));
        else
            json.WriteNumber("updated_at", user.UpdatedAt.ToUnixTimeSeconds());
    }

    private static void Known(Utf8JsonWriter json, string claim, string? value)
    {
        if (value is not null)
            json.WriteString(claim, value);
    }

    private static void Known(Utf8JsonWriter json, string claim, bool? value)
    {
        if (value is { } known)
            json.WriteBoolean(claim, known);
    }
}
