using AuthServer.Core.Model;

namespace AuthServer.Core.Users;

/// <summary>How a user of a database connection begins.</summary>
public static class NewUser
{
    /// <param name="connection">The connection's name.</param>
    /// <param name="email">In any case: it is kept in lower case. Null for one with only a user name.</param>
    /// <param name="now">The moment.</param>
    /// <param name="id">The part after <c>auth0|</c>; generated when null.</param>
    public static User InDatabase(string connection, string? email, DateTimeOffset now, string? id = null)
    {
        id ??= OpaqueToken.Hex(24);
        var userId = $"{Connection.DatabaseStrategy}|{id}";
        var address = email is null ? null : LoginIdentifier.Normalize(email);
        return new User
        {
            UserId = userId,
            Connection = connection,
            Email = address,
            NormalizedEmail = address,
            Name = address,
            Nickname = address?.Split('@')[0],
            Identities =
            [
                new UserIdentity
                {
                    Connection = connection,
                    Provider = Connection.DatabaseStrategy,
                    ProviderUserId = id,
                    UserId = userId,
                },
            ],
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>
    /// Whether the user's names are in lower case, as those of databases are; a provider's stay as the provider writes
    /// them.
    /// </summary>
    public static bool IsInDatabase(User user) =>
        user.UserId.StartsWith(Connection.DatabaseStrategy + "|", StringComparison.Ordinal);

    public static PasswordCredential CredentialOf(User user, string passwordHash) => new()
    {
        Id = user.UserId,
        UserId = user.UserId,
        Connection = user.Connection,
        NormalizedEmail = user.NormalizedEmail,
        NormalizedUsername = user.Username is null ? null : LoginIdentifier.Normalize(user.Username),
        PasswordHash = passwordHash,
    };
}
