using AuthServer.Core.Model;
using AuthServer.Core.Tickets;

namespace AuthServer.Core.Users;

public interface IUserStore
{
    /// <summary>The user, without their identities (<see cref="IIdentityStore.OfAsync"/>).</summary>
    Task<User?> FindAsync(string userId, CancellationToken ct);

    /// <summary>
    /// User who signs in by a name. When several of the databases have it, the oldest account wins: a sign-up in
    /// another database can't take over a name (docs/security.md#passwords-and-logins-asvs-611).
    /// </summary>
    /// <param name="byEmail">Names of the databases whose users are found by email address.</param>
    /// <param name="byUsername">Names of the databases whose users are found by user name.</param>
    /// <param name="normalizedIdentifier">
    /// An e-mail address or a user name, through <see cref="LoginIdentifier.Normalize"/>.
    /// </param>
    /// <param name="ct">Ends the wait for the store.</param>
    Task<FoundCredential?> FindCredentialAsync(
        IReadOnlyList<string> byEmail,
        IReadOnlyList<string> byUsername,
        string normalizedIdentifier,
        CancellationToken ct);

    /// <summary>A user has as many as accounts of databases were linked.</summary>
    Task<IReadOnlyList<PasswordCredential>> CredentialsOfAsync(string userId, CancellationToken ct);

    /// <summary>Stores a user, and the email that asks to confirm the address when there is one.</summary>
    /// <returns>False when the connection has the e-mail address or the user name already; nothing is stored
    /// then.</returns>
    Task<bool> TryCreateAsync(
        User user, PasswordCredential credential, MailedTicket? verification, CancellationToken ct);

    /// <summary>Notes a login: its time, address and count, and the password's newer hash when there is one.</summary>
    /// <returns>False when another password was set meanwhile; nothing is noted then.</returns>
    Task<bool> TryRecordLoginAsync(
        PasswordVersion verified, DateTimeOffset now, string? ip, NewerHash? newer, CancellationToken ct);
}

/// <summary>A credential, and the version of the password that its hash is of, both of one moment.</summary>
public sealed record FoundCredential(PasswordCredential Credential, PasswordVersion Password);

/// <summary>The same password, hashed as it is done today; stored where the former hash still is.</summary>
public sealed record NewerHash(string CredentialId, string Former, string Hash);
