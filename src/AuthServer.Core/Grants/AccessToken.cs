namespace AuthServer.Core.Grants;

/// <summary>An opaque access token, which only <c>/userinfo</c> understands (mission decision 9). Access tokens for APIs are JWTs and not stored.</summary>
public sealed class AccessToken
{
    public required byte[] Hash { get; init; }
    public required Guid GrantId { get; init; }
    public Grant Grant { get; set; } = null!;
    public required Scopes Scopes { get; init; }

    /// <summary>The thumbprint of the key that it is bound to (RFC 9449); null for a bearer token.</summary>
    public string? BoundTo { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
