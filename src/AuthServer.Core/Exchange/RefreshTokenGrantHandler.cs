using AuthServer.Core.Authorizations;
using AuthServer.Core.Dpop;
using AuthServer.Core.Issuance;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Exchange;

/// <summary>RFC 6749 §6 with rotation and reuse detection (RFC 9700 §4.14.2, mission decision 10).</summary>
public sealed class RefreshTokenGrantHandler(
    IStoredTokens tokens,
    IIssuanceStore store,
    IStoredAuthorizations authorizations,
    AuthorizationValidator subjects,
    TokenIssuer issuer)
    : IGrantHandler
{
    public string GrantType => "refresh_token";

    public async Task<Result<IssuedTokens>> HandleAsync(TokenRequest request, CancellationToken ct)
    {
        var (client, parameters, now) = request;

        if (!parameters.TryGet("refresh_token", out var presented))
            return OAuthError.InvalidRequest("Missing required parameter: refresh_token");
        var value = new Secret(presented);
        var used = await tokens.FindAsync(value.Hash(), TokenTypeIdentifiers.RefreshToken, ct);
        if (used?.Authorization is not { } authorization || authorization.ClientId != client.ClientId)
            return Refused("no such token for this client");
        if (!authorization.IsLive(now))
            return Refused("grant revoked or at its end");
        if (used.KeyThumbprint is { } key && request.BoundTo != key)
            return Refused("bound to another key");
        if (await subjects.FindAsync(client, authorization, ct) is not { } subject)
            return Refused("the user, the API or the membership is gone, or the user is blocked");
        if (DpopProofs.Missing(request.BoundTo, client, subject.Api) is { } missing)
            return missing;
        if (!subject.IsAudience(parameters["audience"], authorization)
            || !subject.IsResource(parameters["resource"], authorization))
            return OAuthError.InvalidTarget("The refresh token was not issued for this audience");
        if (!Scopes.Parse(parameters["scope"]).Succeeded(out var narrowed, out var malformed))
            return malformed;
        if (!narrowed.IsSubsetOf(authorization.GrantedScopes))
            return OAuthError.InvalidScope("The requested scope exceeds the scope originally granted.");

        var scopes = subject.Allowed(narrowed.Count > 0 ? narrowed : authorization.GrantedScopes);
        var wanted = new UserTokenDescriptor(client, subject, authorization, scopes)
        {
            GrantType = GrantType,
            BoundTo = request.BoundTo,
        };
        if (used.IsValid)
        {
            if (used.IsExpired(now))
                return Refused("idle for too long");
            var issued = client.RefreshTokens.Rotating
                ? await RotateAsync(wanted, used, value, now, ct)
                : await UseAsync(wanted, used, now, ct);
            if (issued is not null)
                return issued;
        }

        return await RepeatAsync(wanted, value, now, ct);
    }

    /// <summary>Sign first, commit last: a failure to sign must not cost the client its only refresh token.</summary>
    private async Task<IssuedTokens?> RotateAsync(
        UserTokenDescriptor wanted, Token used, Secret value, DateTimeOffset now, CancellationToken ct)
    {
        var boundTo = wanted.Client.IsPublic ? wanted.BoundTo : null;
        var next = NewRefreshToken.For(wanted.Authorization, wanted.Client.RefreshTokens, boundTo, now);
        var issued = issuer.IssueForUser(wanted with { RefreshToken = next.Value }, now);
        used.SuccessorId = next.Token.Id;
        used.EncryptedSuccessor = SuccessorEncryption.Encrypt(value, next.Value);
        return await store.TryRotateAsync(used, issued.StoredWith(next), now, ct) ? issued : null;
    }

    private async Task<IssuedTokens?> UseAsync(
        UserTokenDescriptor wanted, Token used, DateTimeOffset now, CancellationToken ct)
    {
        var issued = issuer.IssueForUser(wanted, now);
        var idleExpiry = wanted.Client.RefreshTokens.IdleExpiry(now, wanted.Authorization.ExpiresAt);
        return await store.TryUseAsync(used, idleExpiry, issued.StoredWith(null), now, ct) ? issued : null;
    }

    /// <summary>
    /// The token was rotated away, now or a moment ago. Within the leeway, and while its successor was not used, the
    /// same successor is given out again, for a response that got lost; anything else is reuse, and revokes the
    /// authorization.
    /// </summary>
    private async Task<Result<IssuedTokens>> RepeatAsync(
        UserTokenDescriptor wanted, Secret value, DateTimeOffset now, CancellationToken ct)
    {
        var leeway = TimeSpan.FromSeconds(wanted.Client.RefreshTokens.Leeway);
        var rotated = await tokens.FindAsync(value.Hash(), TokenTypeIdentifiers.RefreshToken, ct);
        if (rotated is { IsRedeemed: true, EncryptedSuccessor: { } encrypted } && leeway > TimeSpan.Zero)
        {
            var successor = SuccessorEncryption.Decrypt(value, encrypted);
            var issued = issuer.IssueForUser(wanted with { RefreshToken = successor }, now);
            if (await store.TryRepeatAsync(rotated, issued.StoredWith(null), now - leeway, now, ct))
                return issued;
        }

        if (rotated is not { IsRedeemed: true })
            return Refused("revoked or expired meanwhile");
        await authorizations.RevokeAsync(wanted.Authorization.Id, now, ct);
        return Refused("reuse detected; grant revoked").Ending(wanted.Authorization);
    }

    private static OAuthError Refused(string detail) =>
        OAuthError.InvalidGrant("Unknown or invalid refresh token.").Because(detail);
}
