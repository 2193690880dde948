using AuthServer.Protocol.Responses;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Revocation;

/// <summary>A success has no body (RFC 7009 §2.2).</summary>
internal sealed class ProcessEmptyRevocation : IOpenIddictServerHandler<ApplyRevocationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyRevocationResponseContext>()
        .UseSingletonHandler<ProcessEmptyRevocation>()
        .SetOrder(ProcessJson<ApplyRevocationResponseContext>.Descriptor.Order - 500)
        .Build();

    public ValueTask HandleAsync(ApplyRevocationResponseContext context)
    {
        if (string.IsNullOrEmpty(context.Response.Error))
            context.HandleRequest();
        return default;
    }
}
