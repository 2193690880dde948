namespace AuthServer.Core.Users;

/// <summary>The hashes of the passwords that users had, in databases whose policy refuses those.</summary>
public interface IPasswordHistory
{
    /// <returns>The latest hashes of a user, at most <paramref name="max"/>.</returns>
    Task<IReadOnlyList<string>> FindAsync(string userId, int max, CancellationToken ct);
}
