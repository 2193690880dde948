using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Jobs;

/// <summary>What became of a user of a file.</summary>
internal enum UserImportResult
{
    Inserted,
    Updated,
    Refused,
}

/// <summary>
/// Which node imports a job, and how far it is. A claim saves the others work; that each user is imported once follows
/// from the position, which one conditional statement advances.
/// </summary>
internal sealed class UserImportClaims(AuthDbContext db, TimeProvider time)
{
    /// <summary>Longer than one user takes.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    private IQueryable<UserJob> Pending => db.UserJobs.AsNoTracking().Where(j => j.Status == JobStatuses.Pending);

    /// <returns>A job that is this caller's to continue now; null when there is none.</returns>
    public async Task<UserJob?> NextAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var due = Pending.Where(j => j.ClaimedUntil <= now).OrderBy(j => j.ClaimedUntil).Select(j => j.Id);
        while (await due.FirstOrDefaultAsync(ct) is { } id)
        {
            var claimed = await Pending.Where(j => j.Id == id && j.ClaimedUntil <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.ClaimedUntil, now + Validity), ct);
            if (claimed == 1)
                return await Pending.SingleOrDefaultAsync(j => j.Id == id, ct);
        }

        return null;
    }

    /// <summary>Counts a user, in the transaction that imports them.</summary>
    /// <returns>False when another node has done so.</returns>
    public async Task<bool> AdvanceAsync(UserJob job, int position, UserImportResult result, CancellationToken ct)
    {
        var (inserted, updated, refused) = (
            result == UserImportResult.Inserted ? 1 : 0,
            result == UserImportResult.Updated ? 1 : 0,
            result == UserImportResult.Refused ? 1 : 0);
        var until = time.GetUtcNow() + Validity;
        return await Pending.Where(j => j.Id == job.Id && j.Position == position).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Position, position + 1)
                .SetProperty(j => j.Inserted, j => j.Inserted + inserted)
                .SetProperty(j => j.Updated, j => j.Updated + updated)
                .SetProperty(j => j.Refused, j => j.Refused + refused)
                .SetProperty(j => j.ClaimedUntil, until),
            ct) == 1;
    }

    /// <summary>Ends a job and deletes its file, which has hashes.</summary>
    public Task EndAsync(UserJob job, string status, CancellationToken ct) =>
        Pending.Where(j => j.Id == job.Id).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Status, status).SetProperty(j => j.ContentSealed, (byte[]?)null), ct);
}
