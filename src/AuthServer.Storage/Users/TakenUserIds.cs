using System.Security.Cryptography;
using System.Text;
using AuthServer.Storage.Authorizations;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

/// <summary>
/// Ids of deleted users: no other user gets one (ASVS 10.5.2). A provider's own subject may return under its id,
/// because that is the same user; and so may an identity that was linked to another user.
/// </summary>
public static class TakenUserIds
{
    public static async Task AddAsync(AuthDbContext db, string userId, CancellationToken ct)
    {
        var mark = Mark(userId);
        if (await db.ReplayCache.FindAsync([mark], ct) is null)
            db.Add(new ReplayCacheEntry { Hash = mark, KeepUntil = DateTimeOffset.MaxValue });
    }

    public static Task<bool> HasAsync(AuthDbContext db, string userId, CancellationToken ct)
    {
        var mark = Mark(userId);
        return db.ReplayCache.AnyAsync(s => s.Hash == mark, ct);
    }

    private static byte[] Mark(string userId) => SHA256.HashData(Encoding.UTF8.GetBytes("user-id:" + userId));
}
