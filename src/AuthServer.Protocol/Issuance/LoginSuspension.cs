using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Authorize;
using AuthServer.Protocol.Authorize;
using Microsoft.AspNetCore.WebUtilities;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Issuance;

/// <summary>Sends the user of a login to another application, and takes the user back once.</summary>
internal sealed class LoginSuspension(
    LoginContinuationProtector protector, PendingRedirect redirect, IReplayCache replays)
{
    /// <returns>Reason why the login stops; null when it continues.</returns>
    public async ValueTask<OAuthError?> CheckReturnAsync(ProcessSignInContext context, SuspendedLogin login)
    {
        if (context.Transaction.SignedIn?.Session.Id != login.SessionId)
            return OAuthError.InvalidRequest("The sign-in was begun in another session. Start again.");
        var end = login.Pending.StartedAt + PendingAuthorization.Lifetime;
        return await replays.TryAddAsync(login.StateHash, end, context.CancellationToken)
            ? null
            : OAuthError.InvalidRequest("The state was used before. Start the sign-in again.");
    }

    /// <returns>Why the user is not sent away; null when the response is the redirect.</returns>
    public ValueTask<OAuthError?> SendAwayAsync(ProcessSignInContext context, PostLoginOutcome outcome)
    {
        var transaction = context.Transaction;
        return redirect.SendAsync(context, transaction.PendingAuthorization!, UrlOf, context.CancellationToken);

        Result<string> UrlOf(PendingAuthorization pending)
        {
            var login = new SuspendedLogin(pending, outcome.Continuation!, transaction.SignedIn!.Session.Id);
            return protector.Seal(login) is { } state
                ? QueryHelpers.AddQueryString(outcome.RedirectUrl!, "state", state)
                : OAuthError.AccessDenied("The Actions set too much before they sent the user away");
        }
    }
}
