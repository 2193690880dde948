using AuthServer.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

internal sealed class UserMetadataStore(Lazy<AuthDbContext> context, WriteSerializer writes) : IUserMetadataStore
{
    public async Task<bool> TryMergeAsync(
        string userId, MetadataChanges changes, DateTimeOffset now, CancellationToken ct)
    {
        var db = context.Value;
        await using var write = await writes.BeginAsync(db, "management", ct);
        if (await db.Users.AsTracking().SingleOrDefaultAsync(u => u.UserId == userId, ct) is not { } user)
            return false;
        var userMetadata = UserMetadata.Merge(user.UserMetadata, changes.User);
        var appMetadata = UserMetadata.Merge(user.AppMetadata, changes.App);
        if (Math.Max(userMetadata.Length, appMetadata.Length) > IUserMetadataStore.MaxLength)
            return false;
        (user.UserMetadata, user.AppMetadata, user.UpdatedAt) = (userMetadata, appMetadata, now);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return true;
    }
}
