using AuthServer.Core.Model;

namespace AuthServer.Storage.Users;

/// <summary>
/// Compares the password that was verified with the stored one, in the transaction that relies on it.
/// </summary>
internal static class PasswordVersions
{
    /// <summary>The user, unless another password was set.</summary>
    public static IQueryable<User> WithPassword(this IQueryable<User> users, PasswordVersion verified) =>
        users.Where(u => u.UserId == verified.UserId && u.LastPasswordReset == verified.SetAt);
}
