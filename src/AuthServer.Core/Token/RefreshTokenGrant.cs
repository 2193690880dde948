using AuthServer.Core.Dpop;
using AuthServer.Core.Grants;
using AuthServer.Core.Issuance;

namespace AuthServer.Core.Token;

/// <summary>RFC 6749 §6 with rotation and reuse detection (RFC 9700 §4.14.2, mission decision 10).</summary>
public sealed class RefreshTokenGrant(IRefreshTokenStore tokens, IGrantStore grants, GrantSubjects subjects, TokenIssuer issuer) : IGrantHandler
{
    public string GrantType => "refresh_token";

    public async Task<Result<IssuedTokens>> HandleAsync(TokenRequest request, CancellationToken ct)
    {
        var (client, parameters, now) = request;

        if (!parameters.TryGet("refresh_token", out var presented))
            return OAuthError.InvalidRequest("Missing required parameter: refresh_token");
        var value = new Secret(presented);
        var used = await tokens.FindAsync(value.Hash(), ct);
        if (used is null || used.Grant.ClientId != client.ClientId)
            return Refused("no such token for this client");
        if (used.Grant.RevokedAt is not null || used.Grant.ExpiresAt <= now)
            return Refused("grant revoked or at its end");
        if (used.BoundTo is { } key && request.BoundTo != key)
            return Refused("bound to another key");
        if (await subjects.FindAsync(client, used.Grant, ct) is not { } subject)
            return Refused("the user, the API or the membership is gone, or the user is blocked");
        if (DpopProofs.Missing(request.BoundTo, client, subject.Api) is { } missing)
            return missing;
        if (!subject.IsAudience(parameters["audience"], used.Grant) || !subject.IsResource(parameters["resource"], used.Grant))
            return OAuthError.InvalidTarget("The refresh token was not issued for this audience");
        if (!Scopes.Parse(parameters["scope"]).Succeeded(out var narrowed, out var malformed))
            return malformed;
        if (!narrowed.IsSubsetOf(used.Grant.Scopes))
            return OAuthError.InvalidScope("The requested scope exceeds the scope originally granted.");

        var scopes = subject.Allowed(narrowed.Count > 0 ? narrowed : used.Grant.Scopes);
        var wanted = new UserTokens(client, subject, used.Grant, scopes) { GrantType = GrantType, BoundTo = request.BoundTo };
        if (used.SpentAt is null)
        {
            if (used.ExpiresAt <= now)
                return Refused("idle for too long");
            var issued = client.RefreshTokens.Rotating ? await RotateAsync(wanted, used, value, now, ct) : await UseAsync(wanted, used, now, ct);
            if (issued is not null)
                return issued;
        }

        return await RepeatAsync(wanted, used, value, now, ct);
    }

    /// <summary>Sign first, commit last: a failure to sign must not cost the client its only refresh token.</summary>
    private async Task<IssuedTokens?> RotateAsync(UserTokens wanted, RefreshToken used, Secret value, DateTimeOffset now, CancellationToken ct)
    {
        var next = NewRefreshToken.For(used.Grant, wanted.Client.RefreshTokens, wanted.Client.IsPublic ? wanted.BoundTo : null, now);
        var issued = issuer.IssueForUser(wanted with { RefreshToken = next.Value }, now);
        used.ChildId = next.Token.Id;
        used.ChildSealed = SealedChild.Seal(value, next.Value);
        return await tokens.TryRotateAsync(used, next.Token, issued.Stored, now, ct) ? issued : null;
    }

    private async Task<IssuedTokens?> UseAsync(UserTokens wanted, RefreshToken used, DateTimeOffset now, CancellationToken ct)
    {
        var issued = issuer.IssueForUser(wanted, now);
        var idleExpiry = wanted.Client.RefreshTokens.IdleExpiry(now, used.Grant.ExpiresAt);
        return await tokens.TryUseAsync(used, idleExpiry, issued.Stored, now, ct) ? issued : null;
    }

    /// <summary>
    /// The token was rotated away, now or a moment ago. Within the leeway, and while its child was not used, the same child is given
    /// out again, for an answer that got lost; anything else is reuse, and ends the grant.
    /// </summary>
    private async Task<Result<IssuedTokens>> RepeatAsync(UserTokens wanted, RefreshToken used, Secret value, DateTimeOffset now, CancellationToken ct)
    {
        var leeway = TimeSpan.FromSeconds(wanted.Client.RefreshTokens.Leeway);
        var spent = await tokens.FindAsync(new TokenHash(used.Hash), ct);
        if (spent is { SpentAt: not null, ChildSealed: { } child } && leeway > TimeSpan.Zero)
        {
            var issued = issuer.IssueForUser(wanted with { RefreshToken = SealedChild.Open(value, child) }, now);
            if (await tokens.TryRepeatAsync(spent, issued.Stored, now - leeway, now, ct))
                return issued;
        }

        if (spent?.SpentAt is null)
            return Refused("revoked or expired meanwhile");
        await grants.RevokeAsync(used.GrantId, now, ct);
        return Refused("reuse detected; grant revoked").Ending(used.Grant);
    }

    private static OAuthError Refused(string detail) =>
        OAuthError.InvalidGrant("Unknown or invalid refresh token.").Because(detail);
}
