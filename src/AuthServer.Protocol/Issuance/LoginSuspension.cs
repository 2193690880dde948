using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Authorize;
using AuthServer.Protocol.Authorize;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.WebUtilities;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Issuance;

/// <summary>Sends the user of a login to another application, and takes the user back once.</summary>
internal sealed class LoginSuspension(LoginContinuationProtector protector, IReplayCache replays)
{
    /// <returns>Why the login does not go on; null when it does, or was not suspended.</returns>
    public async ValueTask<OAuthError?> CheckReturnAsync(ProcessSignInContext context)
    {
        if (context.Transaction.SuspendedLogin is not { } login)
            return null;
        if (context.Transaction.SignedIn?.Session.Id != login.SessionId)
            return OAuthError.InvalidRequest("The sign-in was begun in another session. Start again.");
        var end = login.Pending.StartedAt + PendingAuthorization.Lifetime;
        return await replays.TryAddAsync(login.StateHash, end, context.CancellationToken)
            ? null
            : OAuthError.InvalidRequest("The state was used before. Start the sign-in again.");
    }

    /// <returns>Why the user is not sent away; null when the response is the redirect.</returns>
    public OAuthError? SendAway(ProcessSignInContext context, PostLoginOutcome outcome)
    {
        var transaction = context.Transaction;
        var pending = transaction.PendingAuthorization!;
        if (transaction.PushedRequest is { } pushed)
            pending = pending with { Parameters = AuthorizationRequests.ReferenceTo(pushed, pending.Parameters) };
        var login = new SuspendedLogin(pending, outcome.Continuation!, transaction.SignedIn!.Session.Id);
        if (protector.Seal(login) is not { } state)
            return OAuthError.AccessDenied("The Actions set too much before they sent the user away");
        var response = transaction.GetHttpRequest()!.HttpContext.Response;
        response.SetOpenerPolicy(transaction.Parameters);
        response.RedirectTo(QueryHelpers.AddQueryString(outcome.RedirectUrl!, "state", state));
        context.HandleRequest();
        return null;
    }
}
