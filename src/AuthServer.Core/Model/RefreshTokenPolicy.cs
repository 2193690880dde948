namespace AuthServer.Core.Model;

/// <summary>A client's <c>refresh_token</c> settings. Lifetimes and leeway in seconds.</summary>
public sealed record RefreshTokenPolicy
{
    public bool Rotating { get; init; }
    public bool Expiring { get; init; } = true;
    public int Leeway { get; init; }

    /// <summary>From the user's approval to the last refresh, however often it rotates (ASVS 10.4.8).</summary>
    public int TokenLifetime { get; init; } = 2_592_000;
    public int IdleTokenLifetime { get; init; } = 1_296_000;
    public bool InfiniteTokenLifetime { get; init; }
    public bool InfiniteIdleTokenLifetime { get; init; }

    public static RefreshTokenPolicy ForConfidential { get; } = new();

    /// <summary>
    /// A public client's tokens rotate (RFC 9700 §4.14.2), and a lost response may be requested again within the
    /// leeway.
    /// </summary>
    public static RefreshTokenPolicy ForPublic { get; } = new() { Rotating = true, Leeway = 30 };

    public DateTimeOffset AbsoluteExpiry(DateTimeOffset now) =>
        Expiring && !InfiniteTokenLifetime ? now.AddSeconds(TokenLifetime) : DateTimeOffset.MaxValue;

    public DateTimeOffset IdleExpiry(DateTimeOffset now, DateTimeOffset absolute)
    {
        if (!Expiring || InfiniteIdleTokenLifetime)
            return absolute;
        var idle = now.AddSeconds(IdleTokenLifetime);
        return idle < absolute ? idle : absolute;
    }
}
