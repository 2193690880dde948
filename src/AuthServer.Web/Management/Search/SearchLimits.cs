namespace AuthServer.Web.Management.Search;

/// <summary>What a search may cost.</summary>
/// <param name="Timeout">For each of its statements.</param>
internal sealed record SearchLimits(TimeSpan Timeout)
{
    /// <summary>The time after which Auth0 gives up a search of users.</summary>
    public static SearchLimits Default { get; } = new(TimeSpan.FromSeconds(2));
}
