using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Issuance;
using AuthServer.Core.Resources;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Exchange;

/// <summary>RFC 6749 §4.1.3 with PKCE (RFC 7636). A second valid use revokes what the first one got (RFC 6749 §4.1.2).</summary>
public sealed class AuthorizationCodeGrantHandler(
    IStoredTokens tokens,
    IIssuanceStore store,
    IStoredAuthorizations authorizations,
    AuthorizationValidator subjects,
    TokenIssuer issuer)
    : IGrantHandler
{
    public string GrantType => "authorization_code";

    public async Task<Result<IssuedTokens>> HandleAsync(TokenRequest request, CancellationToken ct)
    {
        var (client, parameters, now) = request;

        if (!parameters.TryGet("code", out var presented))
            return OAuthError.InvalidRequest("Missing required parameter: code");
        var hash = new Secret(presented).Hash();
        var code = await tokens.FindAsync(hash, TokenTypeIdentifiers.Private.AuthorizationCode, ct);
        if (code?.Authorization is not { } authorization || authorization.ClientId != client.ClientId)
            return Refused("no such code for this client");

        if (!RedirectUriMatches(code, parameters["redirect_uri"]))
            return await FailedAsync(code, Refused("redirect_uri differs from the authorization request's"), ct);
        if (!ProofKey.Matches(code.CodeChallenge, parameters["code_verifier"]))
            return await FailedAsync(code, OAuthError.InvalidGrant("Failed to verify code verifier"), ct);

        if (code.KeyThumbprint is { } key && request.BoundTo != key)
            return await FailedAsync(code, OAuthError.InvalidGrant("The code is bound to another key (dpop_jkt)"), ct);

        if (parameters["resource"] is { } resource && !RequestedApi.IsNamedBy(resource, authorization.Audience))
            return OAuthError.InvalidTarget("The code was not issued for this resource");

        // Only a replay that passes every check revokes: else a thief of the code could log its owner out (OAuth 2.1 §4.1.3).
        if (code.IsRedeemed)
            return await ReplayedAsync(authorization, now, ct);
        if (code.IsExpired(now) || code.Failures >= AuthorizationCodes.MaxFailures || !code.IsValid || !authorization.IsValid)
            return Refused("expired, burnt or revoked");
        if (await subjects.FindAsync(client, authorization, ct) is not { } subject)
            return Refused("the user, the API or the membership is gone, or the user is blocked");
        if (DpopProofs.Missing(request.BoundTo, client, subject.Api) is { } missing)
            return missing;

        var scopes = subject.Allowed(authorization.GrantedScopes);
        var refreshToken = scopes.Contains("offline_access") && client.AllowsGrantType("refresh_token")
            ? NewRefreshToken.For(authorization, client.RefreshTokens, request.RefreshTokenBoundTo, now)
            : null;
        var wanted = new UserTokenDescriptor(client, subject, authorization, scopes)
        {
            Nonce = code.Nonce,
            RefreshToken = refreshToken?.Value,
            BoundTo = request.BoundTo,
        };
        var issued = issuer.IssueForUser(wanted, now);

        if (await store.TryRedeemAsync(code, issued.StoredWith(refreshToken), now, ct))
            return issued;

        var lost = await tokens.FindAsync(hash, TokenTypeIdentifiers.Private.AuthorizationCode, ct);
        return lost is { IsRedeemed: true } ? await ReplayedAsync(authorization, now, ct) : Refused("expired, burnt or revoked meanwhile");
    }

    /// <summary>RFC 6749 §4.1.3: as it was in the authorization request. Left out is fine where PKCE binds the code already (OAuth 2.1 §10.2).</summary>
    private static bool RedirectUriMatches(Token code, string? sent) => (code.RedirectUri, sent) switch
    {
        (null, _) => true,
        ({ }, null) => code.CodeChallenge is not null,
        var (asked, given) => string.Equals(asked, RedirectUris.WithoutFragment(given), StringComparison.Ordinal),
    };

    private async Task<OAuthError> FailedAsync(Token code, OAuthError error, CancellationToken ct)
    {
        await store.CountFailureAsync(code, ct);
        return error;
    }

    private async Task<OAuthError> ReplayedAsync(Authorization authorization, DateTimeOffset now, CancellationToken ct)
    {
        await authorizations.RevokeAsync(authorization.Id, now, ct);
        return Refused("used before; what it was exchanged for is revoked").Ending(authorization);
    }

    private static OAuthError Refused(string detail) => OAuthError.InvalidGrant("Invalid authorization code").Because(detail);
}
