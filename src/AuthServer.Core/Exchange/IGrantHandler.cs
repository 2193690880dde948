using AuthServer.Core.Issuance;

namespace AuthServer.Core.Exchange;

/// <summary>One grant of RFC 6749 §1.3, by its <c>grant_type</c>.</summary>
public interface IGrantHandler
{
    string GrantType { get; }

    Task<Result<IssuedTokens>> HandleAsync(TokenRequest request, CancellationToken ct);
}
