using AuthServer.Protocol.Extraction;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.EndSession;

/// <summary>
/// Reads the query or a form, each parameter once. Replaces ExtractGetOrPostRequest, which takes repeated parameters.
/// </summary>
internal sealed class ExtractLogoutParameters : IOpenIddictServerHandler<ExtractEndSessionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ExtractEndSessionRequestContext>()
        .UseSingletonHandler<ExtractLogoutParameters>()
        .SetOrder(ExtractGetOrPostRequest<ExtractEndSessionRequestContext>.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ExtractEndSessionRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        var read = HttpMethods.IsPost(http.Method)
            ? await http.ReadOAuthFormAsync(http.HttpContext.RequestAborted)
            : http.ReadQuery();
        if (read.Succeeded(out var parameters, out var malformed))
            context.Transaction.SetRequest(parameters);
        else
            context.Reject(malformed);
    }
}
