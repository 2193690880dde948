using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Authorize;

/// <summary>
/// Shows an error without a trusted redirect URI on our own page. Replaces ProcessLocalErrorResponse.
/// </summary>
internal sealed class ApplyErrorPage(IErrorPage page) : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyAuthorizationResponseContext>()
        .UseScopedHandler<ApplyErrorPage>()
        .SetOrder(ProcessLocalErrorResponse<ApplyAuthorizationResponseContext>.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.Transaction.Error is not { } error)
            return;
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        await page.WriteAsync(http, error);
        context.HandleRequest();
    }
}
