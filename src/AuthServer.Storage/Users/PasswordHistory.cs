using AuthServer.Core.Connections;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

/// <summary>A password that a user had.</summary>
public sealed class FormerPassword
{
    public required Guid Id { get; init; }
    public required string UserId { get; init; }

    /// <summary><see cref="PasswordCredential.PasswordHash"/>.</summary>
    public required string PasswordHash { get; init; }
    public required DateTimeOffset ReplacedAt { get; init; }
}

/// <summary>Keeps the hashes of replaced passwords, for the databases whose policy refuses former ones.</summary>
public sealed class PasswordHistory(AuthDbContext db, IConnectionStore connections) : IPasswordHistory
{
    public async Task<IReadOnlyList<string>> FindAsync(string userId, int max, CancellationToken ct) =>
        await LatestOf(userId).Take(max).Select(former => former.PasswordHash).ToListAsync(ct);

    /// <summary>Keeps a user's passwords before they are replaced. Runs inside the caller's transaction.</summary>
    public async Task AddCurrentAsync(string userId, DateTimeOffset now, CancellationToken ct)
    {
        var names = (await connections.DatabasesAsync(ct))
            .Where(database => DatabaseOptions.Of(database).Passwords.HistorySize > 0)
            .Select(database => database.Name)
            .ToList();
        if (names.Count == 0)
            return;
        var current = await db.PasswordCredentials.AsNoTracking()
            .Where(credential => credential.UserId == userId && names.Contains(credential.Connection))
            .Select(credential => credential.PasswordHash)
            .Distinct()
            .ToListAsync(ct);
        db.AddRange(current.Select(hash => new FormerPassword
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            PasswordHash = hash,
            ReplacedAt = now,
        }));
        await db.SaveChangesAsync(ct);
        var kept = LatestOf(userId).Take(DatabaseOptions.MaxHistorySize).Select(former => former.Id);
        await db.FormerPasswords.Where(former => former.UserId == userId && !kept.Contains(former.Id))
            .ExecuteDeleteAsync(ct);
    }

    private IQueryable<FormerPassword> LatestOf(string userId) => db.FormerPasswords.AsNoTracking()
        .Where(former => former.UserId == userId)
        .OrderByDescending(former => former.ReplacedAt)
        .ThenByDescending(former => former.Id);
}
