using System.Linq.Expressions;

namespace AuthServer.Core.Model;

/// <summary>
/// User account. The <c>sub</c> is never given to another user, also not after deletion (ASVS 10.5.2).
/// </summary>
public sealed class User
{
    /// <summary>
    /// <c>auth0|</c> and 24 hexadecimal digits, or an identity provider's (<c>UserIdentity.OwnUserId</c>); the
    /// <c>sub</c> of every token.
    /// </summary>
    public required string UserId { get; init; }

    /// <summary>The name of the connection that the user came from first.</summary>
    public required string Connection { get; init; }
    public string? Email { get; set; }

    /// <summary><see cref="Users.LoginIdentifier.Normalize"/> of the e-mail address; what lookups compare.</summary>
    public string? NormalizedEmail { get; set; }
    public bool EmailVerified { get; set; }
    public string? Username { get; set; }
    public string? PhoneNumber { get; set; }
    public bool PhoneVerified { get; set; }
    public string? Name { get; set; }
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
    public string? Nickname { get; set; }
    public string? Picture { get; set; }
    public bool Blocked { get; set; }

    /// <summary>A JSON object that the user's applications keep.</summary>
    public string UserMetadata { get; set; } = "{}";

    /// <summary>A JSON object that the administrators keep.</summary>
    public string AppMetadata { get; set; } = "{}";

    public List<UserIdentity> Identities { get; init; } = [];

    public DateTimeOffset? LastLogin { get; set; }
    public string? LastIp { get; set; }
    public int LoginsCount { get; set; }
    public DateTimeOffset? LastPasswordReset { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>One of a user's accounts, keyed by where it comes from and its id there (ASVS 6.8.1).</summary>
public sealed class UserIdentity
{
    public required string Connection { get; init; }

    /// <summary>The strategy: <c>auth0</c> for a database.</summary>
    public required string Provider { get; init; }

    /// <summary>The id at the provider, without the strategy in front.</summary>
    public required string ProviderUserId { get; init; }
    public required string UserId { get; set; }
    public bool IsSocial { get; init; }

    /// <summary>Profile from the provider: a JSON object.</summary>
    public string? ProfileData { get; set; }

    /// <summary>The id of the user that this identity is when it is linked to no other.</summary>
    public string OwnUserId => $"{Provider}|{ProviderUserId}";

    /// <summary>The one that the user came from first.</summary>
    public bool IsFirst => OwnUserId == UserId;
}

/// <summary>
/// The password that a user has at one moment: outdated as soon as another is set, and not by a newer hash of the same.
/// </summary>
/// <param name="UserId">The user.</param>
/// <param name="SetAt"><see cref="User.LastPasswordReset"/>; null for the first password.</param>
public sealed record PasswordVersion(string UserId, DateTimeOffset? SetAt)
{
    public static PasswordVersion Of(User user) => new(user.UserId, user.LastPasswordReset);
}

/// <summary>
/// How a user of a database connection signs in. Apart from <see cref="User"/>, so that no reader of users holds a
/// hash.
/// </summary>
public sealed class PasswordCredential
{
    /// <summary>Hash of a user who has to set a password first; no password matches.</summary>
    public const string NoPassword = "!";

    /// <summary>
    /// The account that it belongs to, <see cref="UserIdentity.OwnUserId"/>; it stays when the account is linked to
    /// another user.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Id of the user who signs in with it.</summary>
    public required string UserId { get; set; }
    public required string Connection { get; init; }

    /// <summary>
    /// <see cref="Users.LoginIdentifier.Normalize"/> of the e-mail address; unique in its connection.
    /// </summary>
    public string? NormalizedEmail { get; set; }

    /// <summary>Lower case; unique in its connection.</summary>
    public string? NormalizedUsername { get; set; }

    /// <summary>
    /// As <see cref="Users.IPasswordHashing"/> wrote it: algorithm, iterations, salt and result in one text; until the
    /// first login of an imported user the other server's hash, or <see cref="NoPassword"/>.
    /// </summary>
    public required string PasswordHash { get; set; }

    /// <summary>Accounts of the same connection that are signed in to by one of the same names.</summary>
    public Expression<Func<PasswordCredential, bool>> HasNameInCommon() =>
        other => other.Connection == Connection
            && ((NormalizedEmail != null && other.NormalizedEmail == NormalizedEmail)
                || (NormalizedUsername != null && other.NormalizedUsername == NormalizedUsername));
}
