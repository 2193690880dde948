using AuthServer.Core.Authorize;
using AuthServer.Core.Sessions;
using AuthServer.Protocol.Authorize;
using OpenIddict.Server;
using static AuthServer.Protocol.TransactionProperties;

namespace AuthServer.Protocol;

/// <summary>
/// The values that event handlers of the authorization endpoint and of <c>/oauth/par</c> pass to each other within one
/// request.
/// </summary>
internal static class AuthorizationProperties
{
    extension(OpenIddictServerTransaction transaction)
    {
        /// <summary>The request as its pages carry it, with what the user did for it already.</summary>
        public PendingAuthorization? PendingAuthorization
        {
            get => Get<PendingAuthorization>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>
        /// The pushed request that a reference named; null when the parameters came through the browser.
        /// </summary>
        public OpenedRequest? PushedRequest
        {
            get => Get<OpenedRequest>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The request with everything that its rules read.</summary>
        public AuthorizeContext? Authorization
        {
            get => Get<AuthorizeContext>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>All rules of the authorization request have passed.</summary>
        public bool IsValidated
        {
            get => Get<object>(transaction) is not null;
            set => Set(transaction, value ? true : null);
        }

        /// <summary>URL that responses may go to; null before the redirect URI is validated.</summary>
        public string? TrustedRedirectUri
        {
            get => Get<string>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The browser is not redirected: the error page links to the redirect URI.</summary>
        public bool IsLinkOnly
        {
            get => Get<object>(transaction) is not null;
            set => Set(transaction, value ? true : null);
        }

        /// <summary>Login that resumes after its user was in another application; null for any other request.</summary>
        public SuspendedLogin? SuspendedLogin
        {
            get => Get<SuspendedLogin>(transaction);
            set => Set(transaction, value);
        }

        /// <summary>The browser's session; null without one.</summary>
        public SignedIn? SignedIn
        {
            get => Get<SignedIn>(transaction);
            set => Set(transaction, value);
        }
    }
}
