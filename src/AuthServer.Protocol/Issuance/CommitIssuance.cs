using AuthServer.Core.Authorizations;
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

        if (context.Transaction.Issuance is not { User: not null } issued || await TryCommitAsync(issued, context))
            return;
        if (await lost.ResolveAsync(issued, context) is { } error)
            context.Reject(error);
    }

    private static DateTimeOffset IdleExpiry(TokenIssuance issued) =>
        issued.Client.RefreshTokens.IdleExpiry(issued.Now, issued.User!.Authorization.ExpiresAt);

    private Task<bool> TryCommitAsync(TokenIssuance issued, ProcessSignInContext context)
    {
        var (tokens, now, ct) = (context.Transaction.NewTokens, issued.Now, context.CancellationToken);
        return context.Transaction.PresentedToken switch
        {
            null => store.TryAddAsync(
                new NewAuthorization(issued.User!.Authorization, tokens) { PushedRequest = issued.PushedRequest }, ct),
            { Type: TokenTypeIdentifiers.Private.AuthorizationCode } code =>
                store.TryRedeemAsync(code, tokens, now, ct),
            { IsRedeemed: true } rotated =>
                store.TryRepeatAsync(rotated, tokens, now - LostIssuance.LeewayOf(issued.Client), now, ct),
            { } used when issued.GeneratesRefreshToken => store.TryRotateAsync(used, tokens, now, ct),
            { } used => store.TryUseAsync(used, IdleExpiry(issued), tokens, now, ct),
        };
    }
}
