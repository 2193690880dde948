using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Grants;
using AuthServer.Core.Issuance;
using AuthServer.Core.Resources;

namespace AuthServer.Core.Token;

/// <summary>RFC 6749 §4.1.3 with PKCE (RFC 7636). A second valid use revokes what the first one got (RFC 6749 §4.1.2).</summary>
public sealed class AuthorizationCodeGrant(IGrantStore grants, GrantSubjects subjects, TokenIssuer issuer) : IGrantHandler
{
    public string GrantType => "authorization_code";

    public async Task<Result<IssuedTokens>> HandleAsync(TokenRequest request, CancellationToken ct)
    {
        var (client, parameters, now) = request;

        if (!parameters.TryGet("code", out var presented))
            return OAuthError.InvalidRequest("Missing required parameter: code");
        var code = await grants.FindCodeAsync(new Secret(presented).Hash(), ct);
        if (code is null || code.Grant.ClientId != client.ClientId)
            return Refused("no such code for this client");

        if (!RedirectUriMatches(code, parameters["redirect_uri"]))
            return await FailedAsync(code, Refused("redirect_uri differs from the authorization request's"), ct);
        if (!ProofKey.Matches(code.CodeChallenge, parameters["code_verifier"]))
            return await FailedAsync(code, OAuthError.InvalidGrant("Failed to verify code verifier"), ct);

        if (code.BoundTo is { } key && request.BoundTo != key)
            return await FailedAsync(code, OAuthError.InvalidGrant("The code is bound to another key (dpop_jkt)"), ct);

        if (parameters["resource"] is { } resource && !RequestedApi.IsNamedBy(resource, code.Grant.Audience))
            return OAuthError.InvalidTarget("The code was not issued for this resource");

        // Only a replay that passes every check revokes: else a thief of the code could log its owner out (OAuth 2.1 §4.1.3).
        if (code.RedeemedAt is not null)
            return await ReplayedAsync(code, now, ct);
        if (code.ExpiresAt <= now || code.Failures >= AuthorizationCode.MostFailures || code.Grant.RevokedAt is not null)
            return Refused("expired, burnt or revoked");
        if (await subjects.FindAsync(client, code.Grant, ct) is not { } subject)
            return Refused("the user, the API or the membership is gone, or the user is blocked");
        if (DpopProofs.Missing(request.BoundTo, client, subject.Api) is { } missing)
            return missing;

        var scopes = subject.Allowed(code.Grant.Scopes);
        var refreshToken = scopes.Contains("offline_access") && client.May("refresh_token")
            ? NewRefreshToken.For(code.Grant, client.RefreshTokens, request.RefreshTokenBoundTo, now)
            : null;
        var issued = issuer.IssueForUser(
            new UserTokens(client, subject, code.Grant, scopes) { Nonce = code.Nonce, RefreshToken = refreshToken?.Value, BoundTo = request.BoundTo }, now);

        if (await grants.TryRedeemAsync(code, refreshToken?.Token, issued.Stored, now, ct))
            return issued;

        var lost = await grants.FindCodeAsync(new TokenHash(code.Hash), ct);
        return lost?.RedeemedAt is not null ? await ReplayedAsync(code, now, ct) : Refused("expired, burnt or revoked meanwhile");
    }

    /// <summary>RFC 6749 §4.1.3: as it was in the authorization request. Left out is fine where PKCE binds the code already (OAuth 2.1 §10.2).</summary>
    private static bool RedirectUriMatches(AuthorizationCode code, string? sent) => (code.RedirectUri, sent) switch
    {
        (null, _) => true,
        ({ }, null) => code.CodeChallenge is not null,
        var (asked, given) => string.Equals(asked, RedirectUris.WithoutFragment(given), StringComparison.Ordinal),
    };

    private async Task<OAuthError> FailedAsync(AuthorizationCode code, OAuthError error, CancellationToken ct)
    {
        await grants.CountFailureAsync(code, ct);
        return error;
    }

    private async Task<OAuthError> ReplayedAsync(AuthorizationCode code, DateTimeOffset now, CancellationToken ct)
    {
        await grants.RevokeAsync(code.GrantId, now, ct);
        return Refused("used before; what it was exchanged for is revoked").Ending(code.Grant);
    }

    private static OAuthError Refused(string detail) => OAuthError.InvalidGrant("Invalid authorization code").Because(detail);
}
