using System.Text.Json;

namespace AuthServer.Core.Users;

/// <summary>How <c>updated_at</c> is written: Auth0's ID tokens have a text (contract C), OpenID Connect Core §5.1 a number.</summary>
public enum UpdatedAtFormat
{
    Iso8601,
    UnixSeconds,
}

/// <summary>The standard claims of a user that their scopes open, OpenID Connect Core §5.4. What is not known is left out.</summary>
public static class UserClaims
{
    public static void Write(Utf8JsonWriter json, User user, Scopes scopes, UpdatedAtFormat updatedAt)
    {
        if (scopes.Contains("profile"))
        {
            WriteKnown(json, "given_name", user.GivenName);
            WriteKnown(json, "family_name", user.FamilyName);
            WriteKnown(json, "nickname", user.Nickname);
            WriteKnown(json, "name", user.Name);
            WriteKnown(json, "preferred_username", user.Username);
            WriteKnown(json, "picture", user.Picture);
            if (updatedAt == UpdatedAtFormat.Iso8601)
                json.WriteString("updated_at", user.UpdatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));
            else
                json.WriteNumber("updated_at", user.UpdatedAt.ToUnixTimeSeconds());
        }

        if (scopes.Contains("email") && user.Email is not null)
        {
            json.WriteString("email", user.Email);
            json.WriteBoolean("email_verified", user.EmailVerified);
        }

        if (scopes.Contains("phone") && user.PhoneNumber is not null)
        {
            json.WriteString("phone_number", user.PhoneNumber);
            json.WriteBoolean("phone_number_verified", user.PhoneVerified);
        }
    }

    private static void WriteKnown(Utf8JsonWriter json, string claim, string? value)
    {
        if (value is not null)
            json.WriteString(claim, value);
    }
}
