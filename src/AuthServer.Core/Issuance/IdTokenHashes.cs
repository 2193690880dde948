namespace AuthServer.Core.Issuance;

/// <summary>
/// Binds an ID token from the authorization endpoint to what came along with it (OpenID Connect Core §3.2.2.9 and
/// §3.3.2.11).
/// </summary>
public sealed record IdTokenHashes
{
    /// <summary><c>at_hash</c>.</summary>
    public string? AccessToken { get; init; }

    /// <summary><c>c_hash</c>.</summary>
    public string? Code { get; init; }
}
