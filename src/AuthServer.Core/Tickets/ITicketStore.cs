using AuthServer.Core.Model;

namespace AuthServer.Core.Tickets;

/// <summary>A ticket that can be used now, and whose it is.</summary>
public sealed record LiveTicket(Ticket Ticket, User User);

public interface ITicketStore
{
    /// <summary>Stores a ticket with its email, and voids the user's older one of the same kind.</summary>
    Task IssueAsync(MailedTicket mailed, CancellationToken ct);

    /// <returns>Null for one that is unknown, used, expired or void; callers can't distinguish these.</returns>
    Task<LiveTicket?> FindAsync(TokenHash hash, string kind, DateTimeOffset now, CancellationToken ct);

    /// <summary>Spends the ticket and marks the address verified, in one transaction.</summary>
    /// <returns>False when it could not be used any more; nothing happened then.</returns>
    Task<bool> TryVerifyEmailAsync(Ticket ticket, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Spends the ticket, sets the password and ends every session and token of the user, in one transaction.
    /// </summary>
    /// <returns>False when it could not be used any more; nothing happened then.</returns>
    Task<bool> TryResetPasswordAsync(
        Ticket ticket,
        string passwordHash,
        OutgoingEmail? notice,
        DateTimeOffset now,
        CancellationToken ct);

    /// <summary>Stores a request for a new password. Whether the user exists is looked up later.</summary>
    Task AskAsync(PasswordResetRequest request, CancellationToken ct);
}
