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
    /// <param name="ct">Ends the wait.</param>
    Task<PasswordCheck> VerifyAsync(string? hash, string password, CancellationToken ct);
}

/// <param name="Verdict">The verdict.</param>
/// <param name="Imported">The time that the hash of another server took besides; zero for this server's own.</param>
/// <param name="Newer">This server's hash of a right password, where it was made for the check.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct PasswordCheck(
    PasswordVerdict Verdict, TimeSpan Imported = default, string? Newer = null);

public enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, and made with older parameters than today's, or by another server.</summary>
    RightButOutdated,
}
