using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

/// <summary>
/// Compares the password that was verified with the stored one, in the transaction that relies on it.
/// </summary>
internal static class PasswordVersions
{
    /// <summary>The user, unless another password was set.</summary>
    public static IQueryable<User> WithPassword(this IQueryable<User> users, PasswordVersion verified) =>
        users.Where(u => u.UserId == verified.UserId && u.LastPasswordReset == verified.SetAt);

    /// <summary>Locks the user's row, so that no other password is set before the transaction ends.</summary>
    /// <returns>False when another one was set before.</returns>
    public static async Task<bool> TryHoldAsync(
        this IQueryable<User> users, PasswordVersion verified, CancellationToken ct) =>
        await users.WithPassword(verified).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.LastPasswordReset, u => u.LastPasswordReset), ct) > 0;
}
