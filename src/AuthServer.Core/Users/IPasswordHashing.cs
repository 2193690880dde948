namespace AuthServer.Core.Users;

/// <summary>
/// The slow hash of passwords. One call costs some 150 ms of a core, so it is the last check after every cheap one.
/// </summary>
public interface IPasswordHashing
{
    Task<string> HashAsync(string password, CancellationToken ct);

    /// <summary>
    /// Compares in constant time. A null <paramref name="hash"/> costs as much and never matches
    /// (docs/security.md#passwords-and-logins-asvs-611).
    /// </summary>
    /// <param name="hash">The stored hash, which may be imported from another server.</param>
    /// <param name="password">The password.</param>
    /// <param name="slowestImport">
    /// Time of the slowest imported hash among the accounts that may be meant: a wrong password takes as long for each.
    /// </param>
    /// <param name="ct">Ends the wait.</param>
    Task<PasswordVerdict> VerifyAsync(
        string? hash, string password, TimeSpan slowestImport, CancellationToken ct);
}

public enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, and made with older parameters than today's, or by another server.</summary>
    RightButOutdated,
}
