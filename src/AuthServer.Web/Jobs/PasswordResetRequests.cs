using System.Globalization;
using AuthServer.Core.Mail;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Storage.Tickets;
using AuthServer.Web.Mail;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Jobs;

/// <summary>
/// Writes the requested emails to those who are users: the lookup, whose result the response must not reveal, happens
/// here. For unknown addresses, and when the recipient has received enough of them, nothing happens.
/// </summary>
public sealed class PasswordResetRequests(
    AuthDbContext db,
    WriteSerializer writes,
    IUserStore users,
    IAttemptCounters counters,
    IssuedTickets tickets,
    Emails emails)
{
    /// <summary>A request that was not processed in this time is dropped.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Longer than an answer takes: meanwhile no other node gives it too, and one that fails does not hold up the
    /// others.
    /// </summary>
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);

    /// <returns>A request that is the caller's now; null when there is none.</returns>
    public static async Task<PasswordResetRequest?> NextAsync(
        AuthDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        while (await db
                .PasswordResetRequests.AsNoTracking()
                .Where(r => r.NextTryAt <= now)
                .OrderBy(r => r.NextTryAt)
                .FirstOrDefaultAsync(ct)
                is { } request)
        {
            var claimed = await db.PasswordResetRequests.Where(r => r.Id == request.Id && r.NextTryAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.NextTryAt, now + Claim), ct);
            if (claimed == 1)
                return request;
        }

        return null;
    }

    public async Task AnswerAsync(PasswordResetRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var found = request.CreatedAt + Timeout > now ? await FindAsync(request, ct) : null;
        var written =
            found is var (user, address)
            && await counters.TryTakeAsync(MailBudgets.OfRecipient(LoginIdentifier.Normalize(address)), now, ct)
                ? emails.ResetPassword(
                    user,
                    address,
                    request.ClientId,
                    request.WaitingSignIn,
                    CultureInfo.GetCultureInfo(request.Language),
                    now)
                : null;

        await using var write = await writes.BeginAsync(db, ct);
        if (await db.PasswordResetRequests.Where(r => r.Id == request.Id).ExecuteDeleteAsync(ct) == 1
            && written is not null)
            await tickets.ReplaceAsync(written.Ticket, written.Email, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    /// <summary>A user with a password, who is not blocked, and the address that goes with the password.</summary>
    private async Task<(User User, string Address)?> FindAsync(PasswordResetRequest request, CancellationToken ct)
    {
        var databases = request.Connections;
        if (await users.FindCredentialAsync(databases, databases, request.Identifier, ct) is not var (credential, _))
            return null;
        if (await users.FindAsync(credential.UserId, ct) is not { Blocked: false } user)
            return null;
        var address = credential.NormalizedEmail == user.NormalizedEmail ? user.Email : credential.NormalizedEmail;
        return address is null ? null : (user, address);
    }
}
