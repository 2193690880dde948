using AuthServer.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

/// <summary>Indexes the users that were stored before there was an index.</summary>
public static class UserSearchIndex
{
    private const int MaxBatch = 200;

    /// <returns>How many users were indexed.</returns>
    public static async Task<int> FillAsync(AuthDbContext db, WriteSerializer writes, CancellationToken ct)
    {
        if (!await Missing(db).AnyAsync(ct))
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

    private static IQueryable<User> Missing(AuthDbContext db) => db.Users.AsNoTracking()
        .Where(user => !db.UserSearchTerms.Any(term => term.UserId == user.UserId));
}
