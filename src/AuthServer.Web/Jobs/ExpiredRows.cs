using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Storage.Users;
using AuthServer.Web.Startup;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Web.Jobs;

/// <summary>Removes what is over, some rows at a time, so that no writer waits long for it.</summary>
public sealed class ExpiredRows(AuthDbContext db, ServerOptions options)
{
    private const int Batch = 500;

    /// <summary>
    /// How long a code outlives its end, and a revoked authorization its revocation, so that a replay is still
    /// recognised as one.
    /// </summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>
    /// How long an entry of the replay cache outlives its expiry: it must still be there when a clock that was ahead
    /// is set right.
    /// </summary>
    private static readonly TimeSpan ClockStep = TimeSpan.FromHours(2);

    /// <returns>How many rows went.</returns>
    public async Task<int> RemoveAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (unsent, sent, invited) = (
            now - OutgoingEmail.Retries.Lifetime - Memory, now - EmailJob.Lifetime, now - Invitation.RememberedFor);
        var (executed, asked) = (now - ActionExecution.KeptFor, now - UserJob.Lifetime);
        var logged = now - TimeSpan.FromDays(options.Logs.RetentionDays);
        return await RemoveAsync(ExpiredTokens(now).OrderBy(row => row.ExpirationDate), ct)
            + await RemoveAsync(ExpiredAuthorizations(now).OrderBy(row => row.ExpiresAt), ct)
            + await RemoveAsync(
                db.Sessions.Where(row => row.ExpiresAt < now || row.IdleExpiresAt < now).OrderBy(row => row.ExpiresAt),
                ct)
            + await RemoveAsync(ExpiredReplays(now).OrderBy(row => row.KeepUntil), ct)
            + await RemoveAsync(UnusedRegistrations(now), ct)
            + await RemoveAsync(ExcessiveRegistrations(now), ct)
            + await RemoveAsync(db.Tickets.Where(row => row.ExpiresAt < now).OrderBy(row => row.ExpiresAt), ct)
            + await RemoveAsync(
                db.OutgoingEmails.Where(row => row.CreatedAt < unsent).OrderBy(row => row.CreatedAt), ct)
            + await RemoveAsync(db.EmailJobs.Where(row => row.CreatedAt < sent).OrderBy(row => row.CreatedAt), ct)
            + await RemoveAsync(db.UserJobs.Where(row => row.CreatedAt < asked).OrderBy(row => row.CreatedAt), ct)
            + await RemoveAsync(db.Invitations.Where(row => row.ExpiresAt < invited).OrderBy(row => row.ExpiresAt), ct)
            + await RemoveAsync(db.LogEvents.Where(row => row.Date < logged).OrderBy(row => row.Date), ct)
            + await RemoveAsync(
                db.ActionExecutions.Where(row => row.CreatedAt < executed).OrderBy(row => row.CreatedAt), ct)
            + await RemoveRefusalsAsync(ct)
            + await RemoveAsync(db.AttemptCounters.Where(row => row.ResetsAt < now).OrderBy(row => row.ResetsAt), ct)
            + await RemoveAsync(db.LoginCounters.Where(row => row.ResetsAt < now).OrderBy(row => row.ResetsAt), ct)
            + await RemoveAsync(ForgottenAddresses(now).OrderBy(row => row.LastLoginAt), ct);
    }

    private IQueryable<KnownAddress> ForgottenAddresses(DateTimeOffset now)
    {
        var latest = now - KnownAddress.Lifetime;
        return db.KnownAddresses.Where(row => row.LastLoginAt < latest);
    }

    private IQueryable<Token> ExpiredTokens(DateTimeOffset now)
    {
        var (expired, remembered) = (now.UtcDateTime, (now - Memory).UtcDateTime);
        return db.Tokens.Where(row => row.ExpirationDate < expired
            && (row.Type != TokenTypeIdentifiers.Private.AuthorizationCode || row.ExpirationDate < remembered));
    }

    private IQueryable<ReplayCacheEntry> ExpiredReplays(DateTimeOffset now) =>
        db.ReplayCache.Where(row => row.KeepUntil < now - ClockStep);

    private IQueryable<Authorization> ExpiredAuthorizations(DateTimeOffset now)
    {
        var remembered = now - Memory;
        return db.Authorizations.Where(
            row => row.ExpiresAt < now || (row.Status == Statuses.Revoked && row.UpdatedAt < remembered));
    }

    /// <summary>
    /// Clients that registered themselves, that no user ever let do anything and that the owner didn't adopt
    /// (docs/security.md#clients-that-register-themselves).
    /// </summary>
    private IQueryable<Client> UnusedRegistrations(DateTimeOffset now)
    {
        var registeredBefore = now - TimeSpan.FromDays(options.Registration.UnusedDays);
        return Unused().Where(row => row.CreatedAt < registeredBefore).OrderBy(row => row.CreatedAt);
    }

    /// <summary>
    /// The oldest of too many unused registrations: anyone can make them. A day is left to use one.
    /// </summary>
    private IQueryable<Client> ExcessiveRegistrations(DateTimeOffset now)
    {
        var registeredBefore = now - TimeSpan.FromDays(1);
        var newest = Unused().OrderByDescending(row => row.CreatedAt)
            .Take(options.Registration.MaxUnused)
            .Select(row => row.Id);
        return Unused().Where(row => row.CreatedAt < registeredBefore && !newest.Contains(row.Id))
            .OrderBy(row => row.CreatedAt);
    }

    private IQueryable<Client> Unused() =>
        db.Clients.Where(row => row.IsSelfRegistered && !row.IsFirstParty && row.FirstGrantAt == null);

    /// <summary>The oldest refusals of a kind go, so that a flood of one pushes no other event out.</summary>
    private async Task<int> RemoveRefusalsAsync(CancellationToken ct)
    {
        var removed = 0;
        foreach (var code in LogEventTypes.RefusalCodes)
        {
            var refusals = db.LogEvents.Where(row => row.IsRefusal && row.Type == code);
            var last = await refusals.OrderByDescending(row => row.Id).Skip(options.Logs.RefusalsPerKind)
                .Select(row => row.Id).FirstOrDefaultAsync(ct);
            if (last > 0)
                removed += await RemoveAsync(refusals.Where(row => row.Id <= last).OrderBy(row => row.Id), ct);
        }

        return removed;
    }

    private static async Task<int> RemoveAsync<T>(IQueryable<T> expired, CancellationToken ct)
    {
        int total = 0, removed;
        do
        {
            removed = await expired.Take(Batch).ExecuteDeleteAsync(ct);
            total += removed;
        }
        while (removed == Batch);
        return total;
    }
}
