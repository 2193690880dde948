using AuthServer.Core.Connections;

namespace AuthServer.Core.Users;

/// <summary>How a user of a database connection begins.</summary>
public static class NewUser
{
    /// <param name="connection">The connection's name.</param>
    /// <param name="email">As the user typed it; null for one with a user name alone.</param>
    /// <param name="now">The moment.</param>
    /// <param name="id">The part after <c>auth0|</c>; generated when null.</param>
    public static User InDatabase(string connection, string? email, DateTimeOffset now, string? id = null)
    {
        id ??= OpaqueToken.Hex(24);
        var userId = $"{Connection.DatabaseStrategy}|{id}";
        var address = email?.Trim();
        return new User
        {
            UserId = userId,
            Connection = connection,
            Email = address,
            NormalizedEmail = address is null ? null : LoginIdentifier.Normalize(address),
            Name = address,
            Nickname = address?.Split('@')[0],
            Identities = [new UserIdentity { Connection = connection, Provider = Connection.DatabaseStrategy, ProviderUserId = id, UserId = userId }],
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Accounts that one address may ask for.</summary>
    public static IReadOnlyList<AttemptBudget> SignUpBudget(string ip) =>
        [new($"signup-ip|{ip}", 100, TimeSpan.FromDays(1))];

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
