using AuthServer.Core;
using Microsoft.AspNetCore.Http;

namespace AuthServer.Protocol.Responses;

/// <summary>Shows the user an error that the browser does not take to a client.</summary>
public interface IErrorPage
{
    Task WriteAsync(HttpContext http, OAuthError error, ErrorPageApplication? application = null);
}

/// <summary>Application that an error is for, to which the user may continue.</summary>
/// <param name="RedirectUri">One of its registered redirect URIs.</param>
/// <param name="Link">The redirect URI with the error in it; null when it can't be a link.</param>
public sealed record ErrorPageApplication(string RedirectUri, string? Link);
