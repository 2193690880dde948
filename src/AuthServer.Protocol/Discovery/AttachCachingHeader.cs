using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Discovery;

/// <summary>Lets clients cache a document for five minutes: short enough that a rotated key is seen well before it signs.</summary>
internal sealed class AttachCachingHeader<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<AttachCachingHeader<TContext>>()
        .SetOrder(AttachHttpResponseCode<TContext>.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response is { Error: null })
            context.Transaction.GetHttpRequest()!.HttpContext.Response.Headers.CacheControl = "public, max-age=300";
        return default;
    }
}
