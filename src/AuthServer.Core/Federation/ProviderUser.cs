using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Core.Users;

namespace AuthServer.Core.Federation;

/// <summary>
/// Mapping of a provider's user to the store. An identity is its connection and its subject there, and nothing else
/// (ASVS 6.8.1): two providers with the same subject or the same address are two users. Its own user id is
/// <c>strategy|connection|subject</c>, without the connection for a preset's first.
/// </summary>
public static class ProviderUser
{
    /// <summary>OpenID Connect Core §2: a <c>sub</c>, which it becomes here, is no longer.</summary>
    private const int MaxUserIdLength = 255;

    /// <summary>
    /// The id as it stands behind the strategy and the bar; of a subject that would make it too long, its SHA-256.
    /// </summary>
    public static string IdIn(Connection connection, string subject)
    {
        var id = IsPresets(connection) ? subject : $"{connection.Name}|{subject}";
        return connection.Strategy.Length + 1 + id.Length <= MaxUserIdLength
            ? id
            : $"{connection.Name}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))}";
    }

    /// <summary>A preset is always the same provider, so that its first connection needs no name in front.</summary>
    private static bool IsPresets(Connection connection) =>
        connection.Name == connection.Strategy && ProviderPreset.All[connection.Strategy].IsSocial;

    public static UserIdentity IdentityOf(IdentityProvider provider, UpstreamUser upstream, string? userId = null)
    {
        var id = IdIn(provider.Connection, upstream.Subject);
        return new UserIdentity
        {
            Connection = provider.Connection.Name,
            Provider = provider.Connection.Strategy,
            ProviderUserId = id,
            UserId = userId ?? $"{provider.Connection.Strategy}|{id}",
            IsSocial = provider.Preset.IsSocial,
            ProfileData = upstream.ToProfileData(),
        };
    }

    /// <summary>
    /// A user of their own, made of what was known of an identity: at a first login, and when an identity is taken from
    /// another user.
    /// </summary>
    public static User Of(UserIdentity identity, DateTimeOffset now)
    {
        var user = new User
        {
            UserId = identity.OwnUserId,
            Connection = identity.Connection,
            Identities =
            [
                new UserIdentity
                {
                    Connection = identity.Connection,
                    Provider = identity.Provider,
                    ProviderUserId = identity.ProviderUserId,
                    UserId = identity.OwnUserId,
                    IsSocial = identity.IsSocial,
                    ProfileData = identity.ProfileData,
                },
            ],
            CreatedAt = now,
            UpdatedAt = now,
        };
        Describe(user, identity.ProfileData, now);
        return user;
    }

    /// <summary>
    /// Copies the provider's description. Members that the provider no longer sends are removed, except names, which
    /// pages have to show.
    /// </summary>
    public static void Describe(User user, string? profileData, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(profileData ?? "{}");
        var profile = document.RootElement;
        var email = Text("email");
        var before = (
            user.Email, user.EmailVerified, user.Name, user.GivenName, user.FamilyName, user.Nickname, user.Picture);
        user.Email = email;
        user.NormalizedEmail = email is null ? null : LoginIdentifier.Normalize(email);
        user.EmailVerified = JsonText.IsTrue(profile, "email_verified");
        user.GivenName = Text("given_name") ?? user.GivenName;
        user.FamilyName = Text("family_name") ?? user.FamilyName;
        user.Nickname = Text("nickname") ?? email?.Split('@')[0] ?? user.Nickname;
        user.Name = Text("name") ?? Full(user) ?? email ?? user.Nickname ?? user.Name;
        user.Picture = Text("picture");
        if (before
            != (user.Email, user.EmailVerified, user.Name, user.GivenName, user.FamilyName, user.Nickname, user.Picture)
        )
            user.UpdatedAt = now;

        string? Text(string name) => JsonText.Of(profile, name);
    }

    /// <summary>Profile that an identity keeps of its former user when it moves to another.</summary>
    public static string ProfileOf(User user) => new UpstreamUser("")
    {
        Name = user.Name,
        GivenName = user.GivenName,
        FamilyName = user.FamilyName,
        Nickname = user.Nickname,
        Picture = user.Picture,
        Email = user.Email,
        EmailVerified = user.EmailVerified,
    }.ToProfileData();

    private static string? Full(User user) => (user.GivenName, user.FamilyName) switch
    {
        (null, null) => null,
        var (given, family) => $"{given} {family}".Trim(),
    };
}
