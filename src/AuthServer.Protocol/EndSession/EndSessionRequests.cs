using AuthServer.Core;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Protocol.EndSession;

/// <summary>A logout request that OpenIddict has validated (RP-Initiated Logout 1.0 §2).</summary>
/// <param name="ClientId">Named by the request or by its hint; null for none.</param>
/// <param name="Subject">Of a valid <c>id_token_hint</c>; null without one.</param>
/// <param name="SessionId">The <c>sid</c> of the hint.</param>
/// <param name="PostLogoutRedirectUri">A registered one; null for none.</param>
/// <param name="State">What the browser takes along.</param>
/// <param name="UiLocales">The languages that the user prefers.</param>
public sealed record EndSessionRequest(
    string? ClientId,
    string? Subject,
    string? SessionId,
    string? PostLogoutRedirectUri,
    string? State,
    string? UiLocales);

/// <summary>Gives the endpoint, which asks the user and ends the session, what OpenIddict read.</summary>
public static class EndSessionRequests
{
    /// <returns>The request; or the error that OpenIddict found in it.</returns>
    public static async Task<Result<EndSessionRequest>> ReadEndSessionRequestAsync(this HttpContext http)
    {
        if (http.GetOpenIddictServerResponse() is { Error: { } error } response)
            return OAuthError.Of(error, response.ErrorDescription ?? "");
        var request = http.GetOpenIddictServerRequest()
            ?? throw new InvalidOperationException("OpenIddict did not read this request.");
        var hint = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return new EndSessionRequest(
            request.ClientId,
            hint.Principal?.GetClaim(Claims.Subject),
            hint.Principal?.GetClaim("sid"),
            request.PostLogoutRedirectUri,
            request.State,
            request.UiLocales);
    }
}
