using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Connections;
using AuthServer.Core.Issuance;
using AuthServer.Core.Users;
using AuthServer.Protocol.Issuance;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Protocol.Exchange;

/// <summary>RFC 6749 §6 with rotation and reuse detection (RFC 9700 §4.14.2).</summary>
internal sealed class RefreshTokenGrantHandler(
    ExchangeRules rules,
    AuthorizationValidator authorizations,
    IStoredAuthorizations stored,
    IConnectionStore connections,
    IIdentityStore identities)
    : IGrantTypeHandler
{
    public IReadOnlyList<ExchangeRule> Rules =>
    [
        SubjectIsActive,
        ConnectionIsEnabled,
        ExchangeRules.ResourceServerAcceptsTheBinding,
        ResourceServerIsTheSame,
        rules.ScopeIsWellFormed,
        IsNotReused,
    ];

    public TokenIssuance Issue(ExchangeContext context)
    {
        var (client, presented) = (context.Client, context.Presented!);
        var authorization = presented.Authorization!;
        var requested = context.RequestedScopes.Count > 0 ? context.RequestedScopes : authorization.GrantedScopes;
        return new TokenIssuance(
            new UserTokenDescriptor(client, context.Subject!, authorization, context.Subject!.Allowed(requested))
            {
                GrantType = GrantTypes.RefreshToken,
                BoundTo = context.KeyThumbprint,
            },
            context.Now)
        {
            GeneratesRefreshToken = presented.IsValid && client.RefreshTokens.Rotating,
            ReissuedRefreshToken = presented is { IsRedeemed: true, EncryptedSuccessor: { } encrypted }
                ? SuccessorEncryption.Decrypt(ValueOf(context), encrypted)
                : null,
        };
    }

    private static Secret ValueOf(ExchangeContext context) => new(context.Parameters["refresh_token"]!);

    private async ValueTask<OAuthError?> SubjectIsActive(ExchangeContext context, CancellationToken ct)
    {
        context.Subject = await authorizations.FindAsync(context.Client, context.Presented!.Authorization!, ct);
        return context.Subject is null
            ? Refused("the user, the API or the membership is gone, or the user is blocked")
            : null;
    }

    /// <summary>
    /// A connection that was removed from the client gives its users no more tokens; another identity of theirs may.
    /// </summary>
    private async ValueTask<OAuthError?> ConnectionIsEnabled(ExchangeContext context, CancellationToken ct)
    {
        var (client, user) = (context.Client, context.Subject!.User);
        var enabled = client.IsStrict
            ? await connections.DomainLevelAsync(ct)
            : await connections.ForClientAsync(client.ClientId, ct);
        bool IsEnabled(string name) => enabled.Any(connection => connection.Name == name);
        if (IsEnabled(user.Connection))
            return null;
        var others = await identities.OfAsync(user.UserId, ct);
        return others.Any(identity => IsEnabled(identity.Connection))
            ? null
            : Refused("no connection of the user is enabled for the client");
    }

    private static ValueTask<OAuthError?> ResourceServerIsTheSame(ExchangeContext context, CancellationToken ct)
    {
        var (subject, authorization) = (context.Subject!, context.Presented!.Authorization!);
        var isSame = subject.IsAudience(context.Parameters["audience"], authorization)
            && subject.IsResource(context.Parameters["resource"], authorization);
        return new(isSame ? null : OAuthError.InvalidTarget("The refresh token was not issued for this audience"));
    }

    /// <summary>
    /// A redeemed token whose leeway is over is reuse, before an Action can deny the request; what comes at the end of
    /// the leeway is decided by the commit.
    /// </summary>
    private async ValueTask<OAuthError?> IsNotReused(ExchangeContext context, CancellationToken ct)
    {
        var presented = context.Presented!;
        var leeway = LostIssuance.LeewayOf(context.Client);
        var isWithinLeeway = leeway > TimeSpan.Zero && presented.RedemptionDate >= (context.Now - leeway).UtcDateTime;
        if (presented.IsValid || (isWithinLeeway && presented.EncryptedSuccessor is not null))
            return null;
        await stored.RevokeAsync(presented.Authorization!.Id, context.Now, ct);
        return Refused("reuse detected; authorization revoked").AsReuse();
    }

    private static OAuthError Refused(string detail) =>
        OAuthError.InvalidGrant("Unknown or invalid refresh token.").WithDetail(detail);
}
