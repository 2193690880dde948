using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Discovery;

/// <summary>Answers with a document that was sent before, without the rest of the pipeline.</summary>
internal sealed class ApplyCachedDocument(CachedDocuments documents)
    : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessRequestContext>()
        .UseSingletonHandler<ApplyCachedDocument>()
        .SetOrder(OpenIddictServerHandlers.InferEndpointType.Descriptor.Order + 100)
        .Build();

    public async ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (documents.Find(context.Transaction.Tenant, context.EndpointType) is not { } body)
            return;
        await CachedDocuments.WriteAsync(context.Transaction.GetHttpRequest()!.HttpContext, body);
        context.HandleRequest();
    }
}
