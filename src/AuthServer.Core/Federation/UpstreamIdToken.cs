using AuthServer.Core.Jwt;

namespace AuthServer.Core.Federation;

/// <summary>
/// A provider's ID token, OpenID Connect Core §3.1.3.7. Its signature was right before any of this is asked.
/// </summary>
public static class UpstreamIdToken
{
    public const int MaxSubjectLength = 255;

    /// <summary>Clocks of two companies.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <returns>Why it is refused, for the log; null when it is good.</returns>
    public static string? Problem(
        JwtPayload claims,
        IdentityProvider provider,
        ProviderMetadata metadata,
        SignInAttempt attempt,
        DateTimeOffset now)
    {
        if (metadata.IssuerFor(claims.Text("tid")) is not { } issuer || claims.Text("iss") != issuer)
            return "another issuer";
        if (!claims.AudienceContains(provider.ClientId))
            return "another audience";
        if (claims.Has("azp") ? claims.Text("azp") != provider.ClientId : claims.Audiences().Count > 1)
            return "another authorized party";
        if (claims.Time("exp") is not { } expires || now >= expires + Skew)
            return "expired";
        if (claims.Time("iat") is not { } issued || issued > now + Skew)
            return "issued in the future, or not said when";
        if (claims.Has("nbf") && !(claims.Time("nbf") <= now + Skew))
            return "not yet valid";
        if (claims.Text("nonce") != attempt.Nonce)
            return "another nonce";
        if (!IsSubject(claims.Text("sub")))
            return "no usable subject";
        return Age(claims, attempt, now);
    }

    public static bool IsSubject(string? subject) =>
        subject is { Length: > 0 and <= MaxSubjectLength } && !subject.Any(char.IsControl);

    /// <summary>
    /// Parameters of the request are verified in the response (ASVS 6.8.4). §3.1.2.1: with max_age, auth_time is
    /// required.
    /// </summary>
    private static string? Age(JwtPayload claims, SignInAttempt attempt, DateTimeOffset now)
    {
        if (claims.Time("auth_time") is not { } authenticated)
            return attempt.MaxAge is null ? null : "max_age was asked for, and there is no auth_time";
        if (attempt.MaxAge is { } maxAge)
        {
            var age = (now - authenticated - Skew).TotalSeconds;
            if (age > Math.Max(maxAge, (now - attempt.StartedAt).TotalSeconds))
                return "the provider's authentication is older than max_age";
        }

        return attempt.Again && authenticated < attempt.StartedAt - Skew ? "the provider did not ask again" : null;
    }
}
