using AuthServer.Core;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol;

/// <summary>Rejects a request with an error of this server's rules; its detail is for the log only.</summary>
internal static class Rejections
{
    extension(BaseValidatingContext context)
    {
        public void Reject(OAuthError error)
        {
            context.Transaction.Error = error;
            context.Reject(error.Code, error.Description);
        }
    }
}
