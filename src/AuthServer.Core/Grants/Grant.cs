namespace AuthServer.Core.Grants;

/// <summary>
/// One approval: what a user let a client do, at one moment. Every code and token hangs on it, so that revoking is one row.
/// </summary>
public sealed class Grant
{
    public required Guid Id { get; init; }
    public required string ClientId { get; init; }
    public required string UserId { get; init; }

    /// <summary>The <c>sub</c> by which a pairwise client knows the user; null when that is the user's id.</summary>
    public string? PairwiseSubject { get; init; }

    /// <summary>The <c>sub</c> of everything that hangs on this grant.</summary>
    public string Subject => PairwiseSubject ?? UserId;

    /// <summary>The <c>sid</c> of the session in which it was given; empty when it was given without one (a password at the token endpoint).</summary>
    public required string SessionId { get; init; }

    /// <summary>Stored form of the API's identifier; null when the tokens are for <c>/userinfo</c> alone.</summary>
    public string? Audience { get; init; }

    /// <summary>The organization that the user signed in to; null for their own account.</summary>
    public string? OrganizationId { get; init; }
    public required Scopes Scopes { get; init; }

    /// <summary>Null when the request named none.</summary>
    public RequestedClaims? Claims { get; init; }

    /// <summary>When the user proved who they are.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>The request had <c>max_age</c>, so that ID tokens carry <c>auth_time</c> (OpenID Connect Core §2).</summary>
    public bool AuthTimeWanted { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The end of the last refresh token, however often it rotates.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}
