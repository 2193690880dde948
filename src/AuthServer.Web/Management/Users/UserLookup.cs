using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>Checks of the users that an operation names, and the order in which their lists are read.</summary>
internal static class UserLookup
{
    public static CheckpointKey<User> ById { get; } =
        new((users, last) => users.Where(u => u.UserId.CompareTo(last) > 0), user => user.UserId);

    /// <exception cref="ManagementException">There is no such user.</exception>
    public static Task EnsureUserAsync(this AuthDbContext db, string userId, CancellationToken ct) =>
        db.EnsureUsersAsync([userId], ct);

    /// <exception cref="ManagementException">One of them does not exist.</exception>
    public static async Task EnsureUsersAsync(
        this AuthDbContext db, IReadOnlyCollection<string> userIds, CancellationToken ct)
    {
        if (await db.Users.CountAsync(u => userIds.Contains(u.UserId), ct) != userIds.Count)
            throw UserService.Missing;
    }
}
