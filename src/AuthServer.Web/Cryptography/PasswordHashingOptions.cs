namespace AuthServer.Web.Cryptography;

/// <summary>How many passwords wait to be hashed (docs/security.md#the-queue-of-password-hashes).</summary>
public sealed class PasswordHashingOptions
{
    /// <summary>About two seconds of waiting at 150 ms a hash.</summary>
    private const int PerCore = 14;

    /// <summary>Minimum for one core: the sign-ins that one application sends at once fit into the queue.</summary>
    private const int Min = 24;

    /// <summary>Waiting places for all addresses; 14 for each core that hashes, at least 24, when not given.</summary>
    public int? MaxWaiting { get; set; }

    public int MaxWaitingOf(int cores) => MaxWaiting ?? Math.Max(Min, PerCore * cores);

    public IEnumerable<string> Validate()
    {
        if (MaxWaiting is < 1 or > 100_000)
            yield return "AuthServer__PasswordHashing__MaxWaiting must be between 1 and 100000.";
    }
}
