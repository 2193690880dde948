using AuthServer.Core.Dpop;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Dpop;

/// <summary>
/// Reads the proof of a request and offers a nonce for the next one (RFC 9449 §8.2), on success and failure alike.
/// Before the client authenticates, so that a request which must be sent again with a nonce has cost nothing.
/// </summary>
internal sealed class ExtractDpopProof<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<TContext>()
        .UseSingletonHandler<ExtractDpopProof<TContext>>()
        .SetOrder(ExtractPostRequest<TContext>.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(TContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        if (http.ReadProof() is not { } sent)
            return;
        var tenant = context.Transaction.Tenant;
        var now = context.Options.TimeProvider.GetUtcNow();
        http.HttpContext.Response.Headers[DpopRequest.NonceHeader] = DpopNonces.Current(tenant, now);
        if ((await DpopProofs.ReadAsync(tenant, sent, now)).Succeeded(out var read, out var invalid))
            context.Transaction.DpopProof = read.Proof;
        else
            context.Reject(invalid);
    }
}
