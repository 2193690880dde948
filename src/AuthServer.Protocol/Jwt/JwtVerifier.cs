using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Protocol.Jwt;

/// <summary>Verifies the signature of a JWT by given keys. Claims are the caller's to validate.</summary>
internal static class JwtVerifier
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>Keys that are used once are not cached.</summary>
    private static readonly CryptoProviderFactory Uncached = new() { CacheSignatureProviders = false };

    /// <param name="jwt">The token.</param>
    /// <param name="keys">Each may verify only the algorithm of the token's header: the caller has chosen them by it (RFC 8725 §3.1).</param>
    /// <returns>The claims; null when no key verifies the signature.</returns>
    public static async Task<JwtPayload?> VerifyAsync(UnverifiedJwt jwt, IReadOnlyCollection<SecurityKey> keys)
    {
        if (keys.Count == 0)
            return null;
        var result = await Handler.ValidateTokenAsync(jwt.Token, new TokenValidationParameters
        {
            IssuerSigningKeyResolver = (_, _, _, _) => keys,
            ValidAlgorithms = [jwt.Algorithm],
            CryptoProviderFactory = Uncached,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid ? jwt.Payload : null;
    }
}
