using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Turns the 302 of OpenIddict's redirects into 303 after a POST (RFC 9700 §4.12): they end the chain of handlers, so
/// that it is done when the response starts.
/// </summary>
internal sealed class AttachRedirectStatusCode : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyAuthorizationResponseContext>()
        .UseSingletonHandler<AttachRedirectStatusCode>()
        .SetOrder(AttachHttpResponseCode<ApplyAuthorizationResponseContext>.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        if (HttpMethods.IsGet(http.Method))
            return default;
        http.HttpContext.Response.OnStarting(static state =>
        {
            var response = (HttpResponse)state;
            if (response.StatusCode == StatusCodes.Status302Found)
                response.StatusCode = Redirection.StatusFor(response.HttpContext.Request);
            return Task.CompletedTask;
        }, http.HttpContext.Response);
        return default;
    }
}
