using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Commits everything in one transaction, after signing and before the response: of several requests that redeem the
/// same code, refresh token or pushed request, one wins by its conditional update.
/// </summary>
internal sealed class CommitIssuance(IIssuanceStore store, LostIssuance lost)
    : IOpenIddictServerHandler<ProcessSignInContext>
{
    /// <summary>Just before the response is applied.</summary>
    private const int Order = 490_000;

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessSignInContext>()
        .UseSingletonHandler<CommitIssuance>()
        .SetOrder(Order)
        .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.PushedAuthorization)
        {
            await store.AddPushedRequestAsync(context.Transaction.NewTokens.Single(), context.CancellationToken);
            return;
        }

        if (context.Transaction.Issuance is not { User: not null } issued)
            return;
        var error = context.Transaction.PresentedToken is { } presented
            ? await RedeemAsync(presented, issued, context)
            : await AddAsync(issued, context);
        if (error is not null)
            context.Reject(error);
    }

    private async ValueTask<OAuthError?> AddAsync(TokenIssuance issued, ProcessSignInContext context)
    {
        var created = new NewAuthorization(issued.User!.Authorization, context.Transaction.NewTokens)
        {
            PushedRequest = issued.PushedRequest,
            MayBeFirstGrant = issued.Client is { IsSelfRegistered: true, FirstGrantAt: null },
            Password = issued.Password,
        };
        return await store.AddAsync(created, context.CancellationToken) switch
        {
            NewAuthorizationOutcome.RequestUsed => OAuthError.InvalidRequestUri("The request_uri was used before"),
            NewAuthorizationOutcome.PasswordChanged =>
                LostIssuance.WrongPassword.WithDetail("password was changed meanwhile"),
            NewAuthorizationOutcome.SessionEnded => await lost.ResumeAsync(context),
            _ => null,
        };
    }

    private async ValueTask<OAuthError?> RedeemAsync(
        Token presented, TokenIssuance issued, ProcessSignInContext context) =>
        await TryRedeemAsync(presented, issued, context) ? null : await lost.ResolveAsync(presented, issued, context);

    private static DateTimeOffset IdleExpiry(TokenIssuance issued) =>
        issued.Client.RefreshTokens.IdleExpiry(issued.Now, issued.User!.Authorization.ExpiresAt);

    private Task<bool> TryRedeemAsync(Token presented, TokenIssuance issued, ProcessSignInContext context)
    {
        var (tokens, now, ct) = (context.Transaction.NewTokens, issued.Now, context.CancellationToken);
        return presented switch
        {
            { Type: TokenTypeIdentifiers.Private.AuthorizationCode } code =>
                store.TryRedeemAsync(code, tokens, now, ct),
            { IsRedeemed: true } rotated =>
                store.TryRepeatAsync(rotated, tokens, now - LostIssuance.LeewayOf(issued.Client), now, ct),
            _ when issued.GeneratesRefreshToken => store.TryRotateAsync(presented, tokens, now, ct),
            _ => store.TryUseAsync(presented, IdleExpiry(issued), tokens, now, ct),
        };
    }
}
