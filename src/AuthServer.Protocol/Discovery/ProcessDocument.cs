using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Discovery;

/// <summary>Sends a document for the first time, and caches it.</summary>
internal sealed class ProcessDocument<TContext>(CachedDocuments documents)
    : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<ProcessDocument<TContext>>()
        .SetOrder(ProcessJson<TContext>.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response is not { Error: null } response)
            return;
        var body = ResponseJson.Write(response).WrittenSpan.ToArray();
        documents.Add(context.Transaction.Tenant, context.EndpointType, body);
        await CachedDocuments.WriteAsync(context.Transaction.GetHttpRequest()!.HttpContext, body);
        context.HandleRequest();
    }
}
