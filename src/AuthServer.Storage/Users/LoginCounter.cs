using AuthServer.Core.Users;

namespace AuthServer.Storage.Users;

/// <summary>Failures that <see cref="LoginLimits"/> counted under one <see cref="LoginRule"/>.</summary>
public sealed class LoginCounter
{
    /// <summary><see cref="LoginRule.Hash"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary><see cref="LoginRule.Account"/>.</summary>
    public string? Account { get; init; }

    /// <summary><see cref="LoginRule.Address"/>: where the latest wrong password came from.</summary>
    public string? Address { get; init; }
    public required int Count { get; init; }

    /// <summary>From then on nothing is remembered.</summary>
    public required DateTimeOffset ResetsAt { get; init; }

    /// <summary>Until then no attempt is allowed; null when no delay has begun.</summary>
    public DateTimeOffset? BlockedUntil { get; init; }

    /// <summary>The tenant's issuer at the latest wrong password.</summary>
    public required string Issuer { get; init; }

    /// <summary>When a job notifies the owner of the block; null when there is nothing to notify of.</summary>
    public DateTimeOffset? NoticeDueAt { get; init; }

    /// <summary>
    /// The counters whose rule allows no attempt now. A delay that ends further away than any can was begun before the
    /// clock was set back, and doesn't count.
    /// </summary>
    public static System.Linq.Expressions.Expression<Func<LoginCounter, bool>> IsBlockedAt(DateTimeOffset now)
    {
        var latest = now + LoginRule.MaxDelay;
        return counter => counter.BlockedUntil > now && counter.BlockedUntil <= latest;
    }
}

/// <summary>An address from which a user signed in with their password.</summary>
public sealed class KnownAddress
{
    /// <summary>How long after the latest login the address is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public required string UserId { get; init; }

    /// <summary>Under the name by which attempts are counted.</summary>
    public required string Address { get; init; }
    public required DateTimeOffset LastLoginAt { get; init; }
}
