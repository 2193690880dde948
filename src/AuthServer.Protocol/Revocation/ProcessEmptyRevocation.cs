using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Revocation;

/// <summary>
/// A success has no body (RFC 7009 §2.2), and the media type of the endpoint's errors: simple-oauth2 refuses a response
/// without one.
/// </summary>
internal sealed class ProcessEmptyRevocation : IOpenIddictServerHandler<ApplyRevocationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyRevocationResponseContext>()
        .UseSingletonHandler<ProcessEmptyRevocation>()
        .SetOrder(ProcessJson<ApplyRevocationResponseContext>.Descriptor.Order - 500)
        .Build();

    public ValueTask HandleAsync(ApplyRevocationResponseContext context)
    {
        if (!string.IsNullOrEmpty(context.Response.Error))
            return default;
        var response = context.Transaction.GetHttpRequest()!.HttpContext.Response;
        response.ContentType = "application/json";
        response.ContentLength = 0;
        context.HandleRequest();
        return default;
    }
}
