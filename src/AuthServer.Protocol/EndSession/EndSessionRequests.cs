using AuthServer.Core;
using AuthServer.Core.Logout;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server.AspNetCore;

namespace AuthServer.Protocol.EndSession;

/// <summary>Passes the validated parameters to the endpoint, which asks the user and ends the session.</summary>
public static class EndSessionRequests
{
    /// <returns>The request; or the error in it.</returns>
    public static Result<ValidLogoutRequest> ReadEndSessionRequest(this HttpContext http)
    {
        if (http.GetOpenIddictServerResponse() is { Error: { } error } response)
            return OAuthError.Of(error, response.ErrorDescription ?? "");
        return http.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction?.LogoutRequest
            ?? throw new InvalidOperationException("OpenIddict did not read this request.");
    }
}
