using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Core.Jwt;

/// <summary>Verifies the signature of a JWT by given keys. Claims are the caller's to validate.</summary>
public static class JwtVerifier
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>Keys of other parties are not cached: their number is unlimited.</summary>
    public static CryptoProviderFactory Uncached { get; } = new() { CacheSignatureProviders = false };

    /// <inheritdoc cref="VerifyAsync(UnverifiedJwt, IReadOnlyCollection{SecurityKey})"/>
    public static Task<JwtPayload?> VerifyAsync(UnverifiedJwt jwt, SecurityKey? key) =>
        VerifyAsync(jwt, key is null ? [] : [key]);

    /// <param name="jwt">The token.</param>
    /// <param name="keys">Keys for the algorithm of the token's header, which the caller has compared with its
    /// allow-list (RFC 8725 §3.1).</param>
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
