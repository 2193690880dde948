using AuthServer.Core;
using Microsoft.AspNetCore.Http;

namespace AuthServer.Protocol.Responses;

/// <summary>Shows the user an error that has no client to go to.</summary>
public interface IErrorPage
{
    Task WriteAsync(HttpContext http, OAuthError error);
}
