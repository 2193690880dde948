using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Tickets;

/// <summary>The tickets of a user, one of a kind. Runs inside the caller's transaction.</summary>
public sealed class IssuedTickets(AuthDbContext db)
{
    /// <summary>
    /// Adds a ticket in the place of the user's older one of the same kind; the caller saves. A concurrent caller waits
    /// for this caller's commit.
    /// </summary>
    public async Task ReplaceAsync(Ticket ticket, OutgoingEmail? email, CancellationToken ct)
    {
        await db.LockAsync($"tickets|{ticket.UserId}", ct);
        await db.Tickets.Where(t => t.UserId == ticket.UserId && t.Kind == ticket.Kind).ExecuteDeleteAsync(ct);
        db.Add(ticket);
        if (email is not null)
            db.Add(email);
    }

    public Task VoidAsync(string userId, CancellationToken ct) =>
        db.Tickets.Where(t => t.UserId == userId).ExecuteDeleteAsync(ct);
}
