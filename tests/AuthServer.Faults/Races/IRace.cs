namespace AuthServer.Faults.Races;

/// <summary>Something that can be had once.</summary>
public interface IRace
{
    /// <summary>Makes what one round is about.</summary>
    Task<Heat> PrepareAsync();
}

/// <summary>One round.</summary>
/// <param name="Reach">Request that each racer sends.</param>
/// <param name="Won">Value that only one racer may get; null when nothing.</param>
/// <param name="Refused">Whether a racer who got nothing received a clean error.</param>
public sealed record Heat(Func<int, HttpRequestMessage> Reach, Func<int, Reply, string?> Won, Func<Reply, bool> Refused)
{
    /// <summary>How many different things may be won.</summary>
    public int Winners { get; init; } = 1;

    /// <summary>Counts the winners when the responses don't show them all.</summary>
    public Func<IReadOnlyCollection<string>, Task<int>> CountAsync { get; init; } = won => Task.FromResult(won.Count);

    /// <summary>Tokens for one, this error for the others.</summary>
    public static Heat ForTokens(Func<int, HttpRequestMessage> reach, string error) =>
        new(reach, (_, reply) => reply["access_token"], reply => reply.Error == error);
}
