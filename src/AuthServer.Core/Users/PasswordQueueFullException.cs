namespace AuthServer.Core.Users;

/// <summary>
/// The queue of password hashes is too long for a reasonable time. Nothing was checked and nothing was counted: the
/// caller tries again.
/// </summary>
public sealed class PasswordQueueFullException() : Exception("Too many passwords wait to be hashed.")
{
    /// <summary>Seconds, for <c>Retry-After</c>.</summary>
    public const string RetryAfter = "2";
}
