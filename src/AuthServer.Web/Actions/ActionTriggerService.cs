using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;

namespace AuthServer.Web.Actions;

/// <summary>Runs the Actions of each trigger, and does what they decided.</summary>
internal sealed class ActionTriggerService(
    IActionBindings bindings,
    ActionFlow flow,
    ActionEvents events,
    ActionQueue queue,
    ActionRecorder recorder,
    IUserMetadataStore metadata,
    ISessionStore sessions,
    IStoredAuthorizations authorizations,
    TimeProvider time)
    : IActionTriggers
{
    /// <summary>A message of an Action may be of any length.</summary>
    private const int MaxDescription = 512;

    private const string AccessDenied = "access_denied";

    public async Task<Result<PostLoginOutcome>> PostLoginAsync(PostLogin login, CancellationToken ct)
    {
        var bound = await bindings.OfAsync(ActionTriggers.PostLogin, ct);
        JsonElement? before = null;
        if (login.Continuation is { } continuation)
        {
            bound = new BoundActions([.. bound.List.SkipWhile(action => action.ActionId != continuation.ActionId)]);
            if (bound.IsEmpty)
                return OAuthError.InvalidRequest("The sign-in was changed while the user was away. Start again.");
            before = JsonSerializer.Deserialize<JsonElement>(continuation.Commands);
        }

        var triggerEvent = await events.OfLoginAsync(login, before, ct);
        var outcome = await flow.RunAsync(ActionTriggers.PostLogin, bound, triggerEvent, before);
        var finished = await FinishAsync(login, bound, outcome, ct);
        if (login.Session is { } session && !finished.Succeeded(out _, out var error) && error.Code == AccessDenied)
        {
            var connection = await events.ConnectionAsync(session.Connection, ct);
            await recorder.RecordFailedLoginAsync(login, connection, error);
        }

        return finished;
    }

    public async Task<Result<TokenCustomization>> CredentialsExchangeAsync(
        CredentialsExchange exchange, CancellationToken ct)
    {
        var trigger = ActionTriggers.CredentialsExchange;
        var bound = await bindings.OfAsync(trigger, ct);
        var outcome = await flow.RunAsync(trigger, bound, events.OfExchange(exchange));
        if (outcome.Error is { } error)
            return Denied(outcome, error.Message);
        return outcome.Decision.Denial is [var code, ..] denial
            ? Denied(outcome, denial[^1], code)
            : outcome.Decision.Customization;
    }

    public async Task<RegistrationRefusal?> PreUserRegistrationAsync(Registration registration, CancellationToken ct)
    {
        var trigger = ActionTriggers.PreUserRegistration;
        var bound = await bindings.OfAsync(trigger, ct);
        if (bound.IsEmpty)
            return null;
        var outcome = await flow.RunAsync(trigger, bound, events.OfRegistration(registration));
        if (outcome.Error is { } error)
            return await RefuseAsync(registration, outcome, error.Message, userMessage: null);
        if (outcome.Decision.Denial is [var reason, .. var rest])
            return await RefuseAsync(registration, outcome, reason, rest is [{ Length: > 0 } sent] ? sent : null);

        var user = registration.User;
        user.UserMetadata = UserMetadata.Merge(user.UserMetadata, outcome.Decision.Metadata.User);
        user.AppMetadata = UserMetadata.Merge(user.AppMetadata, outcome.Decision.Metadata.App);
        return null;
    }

    public Task PostUserRegistrationAsync(Registration registration, CancellationToken ct) =>
        EnqueueAsync(
            ActionTriggers.PostUserRegistration, () => Task.FromResult(events.OfRegistered(registration)), ct);

    public Task PostChangePasswordAsync(User user, CancellationToken ct) =>
        EnqueueAsync(
            ActionTriggers.PostChangePassword, () => events.OfPasswordChangeAsync(user, time.GetUtcNow(), ct), ct);

    private async Task<Result<PostLoginOutcome>> FinishAsync(
        PostLogin login, BoundActions bound, ActionOutcome outcome, CancellationToken ct)
    {
        var decision = outcome.Decision;
        var user = login.Tokens.Subject.User;
        if (!decision.Metadata.IsEmpty && !await metadata.TryMergeAsync(user.UserId, decision.Metadata, login.Now, ct))
            return Denied(outcome, "The metadata of the user is too large.");
        if (outcome.Error is { } error)
            return Denied(outcome, error.Message);
        if (decision is { RevokesSession: true } && login.Session is { } session)
            await sessions.TryEndAsync(user.UserId, session.Id, login.Now, ct);
        if (decision is { RevokesRefreshToken: true } && login.RefreshToken is not null)
            await authorizations.RevokeAsync(login.Tokens.Authorization.Id, login.Now, ct);
        if (decision.Denial is [var reason, ..])
            return Denied(outcome, reason);
        return decision.RedirectUrl is { } url
            ? SendAway(login, bound, outcome, url)
            : new PostLoginOutcome(decision.Customization);
    }

    private static Result<PostLoginOutcome> SendAway(
        PostLogin login, BoundActions bound, ActionOutcome outcome, string url)
    {
        if (login.Transaction.Parameters["prompt"] == "none")
            return OAuthError.InteractionRequired("An Action wants to send the user to another application");
        var sender = bound.List[outcome.Results.Count - 1].ActionId;
        return new PostLoginOutcome(
            TokenCustomization.None, url, new LoginContinuation(sender, outcome.Decision.Carried));
    }

    private async Task EnqueueAsync(ActionTrigger trigger, Func<Task<JsonObject>> triggerEvent, CancellationToken ct)
    {
        if (!(await bindings.OfAsync(trigger, ct)).IsEmpty)
            queue.Add(trigger, await triggerEvent());
    }

    private async Task<RegistrationRefusal> RefuseAsync(
        Registration registration, ActionOutcome outcome, string reason, string? userMessage)
    {
        var error = OAuthError.OfAction(RegistrationRefusal.Code, Bounded(reason), outcome.ExecutionId);
        await recorder.RecordFailedSignupAsync(registration, error);
        return new RegistrationRefusal(error.Description, userMessage is null ? null : Bounded(userMessage));
    }

    /// <summary>A code that is not Auth0's for the trigger gives access_denied, with the Action's reason.</summary>
    private static OAuthError Denied(ActionOutcome outcome, string reason, string code = AccessDenied) =>
        OAuthError.OfAction(
            code is "invalid_scope" or "invalid_request" ? code : AccessDenied, Bounded(reason), outcome.ExecutionId);

    private static string Bounded(string text) => LogText.Bounded(text, MaxDescription)!;
}
