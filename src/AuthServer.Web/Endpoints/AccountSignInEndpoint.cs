using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Clients;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Authorize;
using AuthServer.Web.Formats;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// Signs users in for the account page, by the pages of the authorization endpoint and without the protocol: the
/// session is all that the page needs.
/// </summary>
internal static class AccountSignInEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapAccountSignIn()
        {
            routes.MapGet(
                AccountApplication.SignInPath,
                (string? prompt, string? screen_hint, AccountSignIn signIn, CancellationToken ct) =>
                    signIn.BeginAsync(prompt, screen_hint, ct));
            routes.MapGet(
                AccountApplication.ResumePath,
                (string? state, AccountSignIn signIn, CancellationToken ct) => signIn.ResumeAsync(state, ct));
        }
    }

    internal sealed class AccountSignIn(
        Tenant tenant,
        AuthorizeHandler handler,
        PendingAuthorizationProtector protector,
        ICurrentSession session,
        TimeProvider time)
    {
        public Task<IResult> BeginAsync(string? prompt, string? screenHint, CancellationToken ct)
        {
            var parameters = RequestParameters.None
                .With("client_id", AccountApplication.ClientId)
                .With("response_type", "code")
                .With("scope", "openid")
                .With("redirect_uri", tenant.Issuer.At(AccountApplication.Path))
                .With("prompt", prompt == "login" ? prompt : null)
                .With("screen_hint", screenHint == "reset-password" ? screenHint : null);
            return GoOnAsync(new PendingAuthorization(parameters, time.GetUtcNow()), ct);
        }

        public async Task<IResult> ResumeAsync(string? state, CancellationToken ct)
        {
            var pending = protector.Open(state);
            return pending?.Parameters["client_id"] == AccountApplication.ClientId
                ? await GoOnAsync(pending, ct)
                : new ErrorPageResult(OAuthError.InvalidRequest(
                    "This sign-in took too long, or its address was changed. Start again."));
        }

        private async Task<IResult> GoOnAsync(PendingAuthorization pending, CancellationToken ct)
        {
            var signedIn = await session.FindAsync(ct);
            pending = pending.SeenBy(signedIn);
            var opened = new OpenedRequest(pending.Parameters, IsSigned: false, Pushed: null);
            var context = await handler.LoadAsync(opened, pending, ct);
            return await handler.DecideAsync(context, pending, signedIn, time.GetUtcNow(), ct) switch
            {
                AuthorizeOutcome.Interact(var interaction, var waiting) =>
                    Redirects.To($"{InteractionPaths.Of(interaction)}?state={protector.Seal(waiting)}"),
                AuthorizeOutcome.Reject(var error) => Redirects.To($"{AccountApplication.Path}?error={error.Code}"),
                _ => Redirects.To(AccountApplication.Path),
            };
        }
    }
}
