using AuthServer.Core.Model;

namespace AuthServer.Core.Users;

public interface IPasswordStore
{
    /// <summary>
    /// Sets a user's password, ends every session but one and every token, and voids the user's tickets, in one
    /// transaction with the email that reports it.
    /// </summary>
    /// <returns>False when another password was set meanwhile; nothing is changed then.</returns>
    Task<bool> TryChangeAsync(
        PasswordVersion verified,
        string passwordHash,
        string keptSessionId,
        OutgoingEmail? notice,
        DateTimeOffset now,
        CancellationToken ct);
}
