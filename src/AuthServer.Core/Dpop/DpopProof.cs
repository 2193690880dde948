using AuthServer.Core.Jwt;
using AuthServer.Core.Model;

namespace AuthServer.Core.Dpop;

/// <summary>DPoP proof with a valid signature that matches the current request, RFC 9449 §4.2.</summary>
public sealed record DpopProof
{
    /// <summary>How old a proof may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(60);

    /// <summary>For clocks that run ahead; FAPI 2.0 requires ten seconds.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Maximal clock difference of a browser that sends a nonce of this server, which carries the time itself (§4.3,
    /// 11).
    /// </summary>
    public static readonly TimeSpan WrongClock = TimeSpan.FromMinutes(5);

    private const int MaxLength = 8 * 1024;
    private const int MaxJtiLength = 128;

    /// <summary>Of the key, RFC 7638: what tokens are bound to.</summary>
    public required string Thumbprint { get; init; }
    public required string Jti { get; init; }

    /// <summary>The hash of the access token that it was made for; null when it was made for none.</summary>
    public string? TokenHash { get; init; }
    public string? Nonce { get; init; }

    /// <summary>When it stops passing.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <summary>
    /// Reads what was sent and validates it against the request. Marks nothing as used, and leaves the value of the
    /// nonce to <see cref="DpopProofs"/>.
    /// </summary>
    /// <param name="sent">The headers and their request.</param>
    /// <param name="url">The request's URL, by the issuer's name and not by the request's Host.</param>
    /// <param name="now">The moment.</param>
    public static async Task<Result<DpopProof>> ReadAsync(SentProof sent, string url, DateTimeOffset now)
    {
        if (sent.Headers is not [{ Length: > 0 and <= MaxLength } compact])
            return Refused("exactly one DPoP header with one proof is needed");
        if (UnverifiedJwt.Parse(compact) is not { Type: "dpop+jwt" } jwt)
            return Refused("not a JWT of the type dpop+jwt");
        if (!Algorithms.IsAccepted(jwt.Algorithm))
            return Refused("the signature algorithm is not supported");
        if (PublicKeys.Embedded(jwt) is not { } key)
            return Refused("the header has no usable public jwk");
        if (await JwtVerifier.VerifyAsync(jwt, key) is not { } claims)
            return Refused("the signature is wrong");

        if (claims.Text("jti") is not { Length: > 0 and <= MaxJtiLength } jti)
            return Refused($"jti must have 1 to {MaxJtiLength} characters");
        if (!string.Equals(claims.Text("htm"), sent.Method, StringComparison.Ordinal))
            return Refused("htm is not the method of this request");
        if (claims.Text("htu") is not { } htu || !ProofUrl.AreSame(htu, url))
            return Refused("htu is not the URL of this request");
        var nonce = claims.Text("nonce");
        if (claims.Has("nonce") && nonce is null)
            return Refused("nonce must be a string");
        var (before, after) = nonce is null ? (MaxAge, Ahead) : (WrongClock, WrongClock);
        if (claims.Time("iat") is not { } issued || issued < now - before || issued > now + after)
            return Refused("iat is not the present time");
        if ((claims.Has("exp") && !(claims.Time("exp") >= now - Ahead))
            || (claims.Has("nbf") && !(claims.Time("nbf") <= now + Ahead)))
            return Refused("expired or not valid yet");

        return new DpopProof
        {
            Thumbprint = PublicKeys.ThumbprintOf(key),
            Jti = jti,
            TokenHash = claims.Text("ath"),
            Nonce = nonce,
            Ends = issued + before,
        };
    }

    private static OAuthError Refused(string reason) => OAuthError.InvalidDpopProof($"Invalid DPoP proof: {reason}");
}
