using AuthServer.Core.Tickets;

namespace AuthServer.Core.Users;

public interface IUserStore
{
    /// <summary>The user, without their identities (<see cref="IIdentityStore.OfAsync"/>).</summary>
    Task<User?> FindAsync(string userId, CancellationToken ct);

    /// <param name="normalizedIdentifier">An e-mail address or a user name, through <see cref="LoginIdentifier.Normalize"/>.</param>
    Task<PasswordCredential?> FindCredentialAsync(string connection, string normalizedIdentifier, CancellationToken ct);

    /// <summary>A user has as many as accounts of databases were linked.</summary>
    Task<IReadOnlyList<PasswordCredential>> CredentialsOfAsync(string userId, CancellationToken ct);

    /// <summary>Stores a user, and the letter that asks to confirm the address when there is one.</summary>
    /// <returns>False when the connection has the e-mail address or the user name already; nothing is stored then.</returns>
    Task<bool> TryCreateAsync(User user, PasswordCredential credential, MailedTicket? verification, CancellationToken ct);

    /// <summary>Notes a login: its time, address and count, and the password's newer hash when there is one.</summary>
    Task RecordLoginAsync(string userId, DateTimeOffset now, string? ip, NewerHash? newer, CancellationToken ct);
}

/// <summary>The same password, hashed as it is done today.</summary>
public sealed record NewerHash(string CredentialId, string Hash);
