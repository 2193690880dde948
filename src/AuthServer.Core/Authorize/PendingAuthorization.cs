namespace AuthServer.Core.Authorize;

/// <summary>
/// An authorization request that waits for its user. It is stored nowhere: it travels in the sealed handle that <c>/u/login</c>
/// and its sisters carry as <c>state</c> (mission decision 11).
/// </summary>
public sealed record PendingAuthorization(RequestParameters Parameters, DateTimeOffset StartedAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>The <c>sid</c> of the session that the user chose to go on with (<c>prompt=select_account</c>).</summary>
    public string? AccountChosenIn { get; init; }

    /// <summary>The <c>sid</c> of the session in which the user agreed to just this request.</summary>
    public string? ConsentedIn { get; init; }

    /// <summary>The parameters came in a signed request object (RFC 9101), which was verified.</summary>
    public bool IsSigned { get; init; }

    /// <summary>It is being pushed (RFC 9126). Later it carries the reference alone.</summary>
    public bool IsPushed { get; init; }

    public bool IsExpired(DateTimeOffset now) => now >= StartedAt + Lifetime;
}
