using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Answers a request that lost the race for its code, refresh token or pushed request. Within the client's leeway the
/// loser of a rotation is given the winner's successor; any other use of a redeemed token is reuse, and revokes the
/// authorization.
/// </summary>
internal sealed class LostIssuance(
    IIssuanceStore store, IStoredTokens tokens, IStoredAuthorizations authorizations)
{
    public static TimeSpan LeewayOf(Client client) => TimeSpan.FromSeconds(client.RefreshTokens.Leeway);

    /// <returns>The error of the response; null when there is another response now.</returns>
    public async Task<OAuthError?> ResolveAsync(TokenIssuance issued, ProcessSignInContext context)
    {
        if (context.Transaction.PresentedToken is not { } presented)
            return OAuthError.InvalidRequestUri("The request_uri was used before");
        var current = await tokens.FindAsync(presented.ReferenceId!, context.CancellationToken);
        if (current is not { IsRedeemed: true })
            return Refused(presented).WithDetail("revoked or expired meanwhile");
        if (presented.IsValid && await TryReissueAsync(issued, current, context))
            return null;
        await authorizations.RevokeAsync(issued.User!.Authorization.Id, issued.Now, context.CancellationToken);
        return Refused(presented).WithDetail("used before; what it was exchanged for is revoked").AsReuse();
    }

    private async Task<bool> TryReissueAsync(TokenIssuance issued, Token rotated, ProcessSignInContext context)
    {
        var leeway = LeewayOf(issued.Client);
        if (rotated is not { Type: TokenTypeIdentifiers.RefreshToken, EncryptedSuccessor: { } encrypted })
            return false;
        if (leeway <= TimeSpan.Zero)
            return false;
        Token[] opaque = [.. context.Transaction.NewTokens
            .Where(token => token.Type == TokenTypeIdentifiers.AccessToken)];
        if (!await store.TryRepeatAsync(rotated, opaque, issued.Now - leeway, issued.Now, context.CancellationToken))
            return false;
        var value = new Secret(context.Request.RefreshToken!);
        context.Response.RefreshToken = SuccessorEncryption.Decrypt(value, encrypted).Reveal();
        return true;
    }

    private static OAuthError Refused(Token presented) => OAuthError.InvalidGrant(
        presented.Type == TokenTypeIdentifiers.RefreshToken
            ? "Unknown or invalid refresh token."
            : "Invalid authorization code");
}
