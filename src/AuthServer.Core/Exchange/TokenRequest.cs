using AuthServer.Core.Clients;

namespace AuthServer.Core.Exchange;

/// <summary>A token request whose client is known and may use the grant.</summary>
public sealed record TokenRequest(Client Client, RequestParameters Parameters, DateTimeOffset Now)
{
    /// <summary>The thumbprint of the key that the client proved to have (RFC 9449): what its tokens are bound to; null without a proof.</summary>
    public string? BoundTo { get; init; }

    /// <summary>Of a refresh token: a confidential client's is bound to its authentication already (RFC 9449 §5).</summary>
    public string? RefreshTokenBoundTo => Client.IsPublic ? BoundTo : null;

    /// <summary>Whose attempts are counted.</summary>
    public string Address { get; init; } = "unknown";
}
