using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Protocol.Authorize;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Answers a request that lost the race for its code or refresh token, or whose session has ended. Within the client's
/// leeway the loser of a rotation is given the winner's successor; any other use of a redeemed token is reuse, and
/// revokes the authorization.
/// </summary>
internal sealed class LostIssuance(
    IIssuanceStore store,
    IStoredTokens tokens,
    IStoredAuthorizations authorizations,
    PendingAuthorizationProtector protector)
{
    /// <summary>The answer to every failure of a user's login by the password grant types.</summary>
    public static OAuthError WrongPassword => OAuthError.InvalidGrant("Wrong email or password.");

    public static TimeSpan LeewayOf(Client client) => TimeSpan.FromSeconds(client.RefreshTokens.Leeway);

    /// <returns>The error of the response; null when there is another response now.</returns>
    public async Task<OAuthError?> ResolveAsync(Token presented, TokenIssuance issued, ProcessSignInContext context)
    {
        var current = await tokens.FindAsync(presented.ReferenceId!, context.CancellationToken);
        if (current is not { IsRedeemed: true })
            return Refused(presented).WithDetail("revoked or expired meanwhile");
        if (presented.IsValid && await TryReissueAsync(issued, current, context))
            return null;
        await authorizations.RevokeAsync(issued.User!.Authorization.Id, issued.Now, context.CancellationToken);
        return Refused(presented).WithDetail("used before; what it was exchanged for is revoked").AsReuse();
    }

    /// <summary>Begins the authorization request again, without the session that has ended.</summary>
    /// <returns>The error of the response; null when it is a redirect.</returns>
    public async ValueTask<OAuthError?> ResumeAsync(ProcessSignInContext context)
    {
        var transaction = context.Transaction;
        if (transaction.Authorization!.Silent)
            return OAuthError.LoginRequired("Login required");
        return await transaction.ServiceOf<PendingRedirect>().SendAsync(
            context,
            transaction.PendingAuthorization!,
            pending => protector.ResumePath(pending),
            context.CancellationToken);
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
