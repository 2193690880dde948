using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

/// <summary>Indexes the users that were stored before there was an index.</summary>
public static class UserSearchIndex
{
    private const int MaxBatch = 200;

    /// <returns>How many users were indexed.</returns>
    public static async Task<int> FillAsync(AuthDbContext db, WriteSerializer writes, CancellationToken ct)
    {
        if (await IsCompleteAsync(db, ct))
            return 0;
        var (filled, last) = (0, "");
        while (true)
        {
            await using var write = await writes.BeginAsync(db, "user-search-index", ct);
            var users = await Missing(db).Where(user => string.Compare(user.UserId, last) > 0)
                .OrderBy(user => user.UserId).Take(MaxBatch).ToListAsync(ct);
            if (users.Count == 0)
                return filled;
            db.AddRange(users.SelectMany(UserSearchTerms.Of));
            await db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
            db.ChangeTracker.Clear();
            (filled, last) = (filled + users.Count, users[^1].UserId);
        }
    }

    /// <summary>
    /// Each user in the index has one term with the user's id: two counts are cheaper than a search for those without.
    /// </summary>
    private static async Task<bool> IsCompleteAsync(AuthDbContext db, CancellationToken ct) =>
        await db.UserSearchTerms.CountAsync(term => term.Field == UserSearchTerms.Id, ct)
        >= await db.Users.CountAsync(ct);

    private static IQueryable<User> Missing(AuthDbContext db) => db.Users.AsNoTracking()
        .Where(user => !db.UserSearchTerms.Any(term => term.UserId == user.UserId));
}
