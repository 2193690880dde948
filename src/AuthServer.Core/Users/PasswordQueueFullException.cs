namespace AuthServer.Core.Users;

/// <summary>
/// More passwords wait to be hashed than can be in reasonable time. Nothing was checked and nothing was counted: the
/// caller comes again.
/// </summary>
public sealed class PasswordQueueFullException() : Exception("Too many passwords wait to be hashed.")
{
    /// <summary>Seconds, for <c>Retry-After</c>.</summary>
    public const string RetryAfter = "2";
}
