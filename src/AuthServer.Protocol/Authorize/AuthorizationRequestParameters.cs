using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Protocol.Extraction;
using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace AuthServer.Protocol.Authorize;

/// <summary>Makes OpenIddict's authorization request of parameters that were read.</summary>
internal static class AuthorizationRequestParameters
{
    extension(OpenIddictServerTransaction transaction)
    {
        /// <param name="parameters">Those that were read.</param>
        /// <param name="isReference">They name a pushed request, and nothing beside the reference counts.</param>
        public void SetAuthorizationRequest(RequestParameters parameters, bool isReference = false)
        {
            transaction.SetRequest(parameters);
            transaction.Request = isReference
                ? new OpenIddictRequest { ClientId = parameters["client_id"], RequestUri = parameters["request_uri"] }
                : ToRequest(parameters);
        }
    }

    /// <summary>
    /// Without the hint, which is read with the rest of the request, and without a <c>request_uri</c> that is not a
    /// reference. The fragment of a redirect URI is dropped.
    /// </summary>
    public static OpenIddictRequest ToRequest(RequestParameters parameters)
    {
        var request = new OpenIddictRequest();
        foreach (var (name, value) in parameters.All)
        {
            if (name is not ("id_token_hint" or "request_uri"))
                request.SetParameter(name, new OpenIddictParameter(value));
        }

        if (parameters["redirect_uri"] is { } redirectUri)
            request.RedirectUri = RedirectUris.WithoutFragment(redirectUri);
        return request;
    }
}
