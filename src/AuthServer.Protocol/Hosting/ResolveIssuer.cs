using AuthServer.Core.Tenants;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Sets the base URI from the issuer. Replaces ResolveRequestUri, which takes it from the Host header: a forged header
/// must not reach a document, a token or a comparison (CVE-2023-49097).
/// </summary>
internal sealed class ResolveIssuer(Tenant tenant) : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessRequestContext>()
        .UseScopedHandler<ResolveIssuer>()
        .SetOrder(OpenIddictServerAspNetCoreHandlers.ResolveRequestUri.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        context.BaseUri = context.RequestUri = tenant.Issuer.Uri;
        return default;
    }
}
