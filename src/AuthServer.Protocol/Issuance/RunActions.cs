using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Runs the Actions of a login, or of a client's own token, before anything is issued; the exchange of a code has what
/// they changed at the authorization endpoint. Without a bound Action it reads only the cached bindings.
/// </summary>
internal sealed class RunActions(IActionBindings bindings, IStoredAuthorizations authorizations)
    : IOpenIddictServerHandler<ProcessSignInContext>
{
    private static readonly PostLoginOutcome Unchanged = new(TokenCustomization.None);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessSignInContext>()
        .UseSingletonHandler<RunActions>()
        .SetOrder(ValidateSignInDemand.Descriptor.Order + 50)
        .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.Transaction.Issuance is not { } issuance)
            return;
        if (context.Request.IsAuthorizationCodeGrantType())
        {
            issuance.Customize(issuance.User!.Authorization.Customization ?? TokenCustomization.None);
            return;
        }

        var error = context.Transaction.SuspendedLogin is { } login
            ? await context.Transaction.ServiceOf<LoginSuspension>().CheckReturnAsync(context, login)
            : null;
        var trigger = issuance.User is null ? ActionTriggers.CredentialsExchange : ActionTriggers.PostLogin;
        var bound = await bindings.OfAsync(trigger, context.CancellationToken);
        var outcome = Unchanged;
        if (error is null && !bound.IsEmpty && !(await RunAsync(context, issuance)).Succeeded(out outcome, out error))
            outcome = Unchanged;
        if (outcome.RedirectUrl is not null)
            error = await context.Transaction.ServiceOf<LoginSuspension>().SendAwayAsync(context, outcome);
        if (error is not null)
        {
            context.Reject(error);
            return;
        }

        if (context.IsRequestHandled)
            return;
        await KeepAsync(context, issuance, outcome.Customization);
        issuance.Customize(outcome.Customization);
    }

    private static async Task<Result<PostLoginOutcome>> RunAsync(ProcessSignInContext context, TokenIssuance issuance)
    {
        var (transaction, ct) = (context.Transaction, context.CancellationToken);
        var triggers = context.Transaction.ServiceOf<IActionTriggers>();
        if (issuance.ClientToken is { } client)
        {
            var exchange = new CredentialsExchange(client, transaction.Parameters, issuance.Now);
            return (await triggers.CredentialsExchangeAsync(exchange, ct)).Succeeded(out var changed, out var error)
                ? new PostLoginOutcome(changed)
                : error;
        }

        var login = new PostLogin
        {
            Tokens = issuance.User!,
            Transaction = TransactionOf(context),
            Now = issuance.Now,
            Session = transaction.SignedIn?.Session,
            RefreshToken = context.Request.IsRefreshTokenGrantType() ? transaction.PresentedToken : null,
            Continuation = transaction.SuspendedLogin?.Continuation,
        };
        return await triggers.PostLoginAsync(login, ct);
    }

    /// <summary>With the authorization that is about to be stored, or is stored already.</summary>
    private async Task KeepAsync(ProcessSignInContext context, TokenIssuance issuance, TokenCustomization customization)
    {
        if (issuance.User is not { Authorization: var authorization })
            return;
        var before = authorization.Customization;
        authorization.Customization = customization.IsEmpty ? null : customization;
        if (issuance.IsNewAuthorization || authorization.Customization == before)
            return;
        await authorizations.CustomizeAsync(
            authorization.Id, authorization.Customization, context.CancellationToken);
    }

    private static LoginTransaction TransactionOf(ProcessSignInContext context)
    {
        var transaction = context.Transaction;
        if (transaction.Authorization is { } request)
            return request.TransactionOf(transaction.PendingAuthorization!);
        var protocol = context.Request.IsRefreshTokenGrantType() ? "oauth2-refresh-token" : "oauth2-password";
        return new LoginTransaction(protocol, transaction.Parameters);
    }
}
