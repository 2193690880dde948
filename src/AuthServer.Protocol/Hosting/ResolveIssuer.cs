using AuthServer.Core.Tenants;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Sets the base URI and the request URI from the issuer. Replaces ResolveRequestUri, which takes them from the Host header:
/// a forged header must not reach a document, a token or a comparison (CVE-2023-49097).
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
        var request = context.Transaction.GetHttpRequest()!;
        context.BaseUri = new Uri(tenant.Issuer.Value);
        var path = request.PathBase.Add(request.Path).ToUriComponent();
        context.RequestUri = Uri.TryCreate(tenant.Issuer.Origin + path, UriKind.Absolute, out var uri) ? uri : context.BaseUri;
        return default;
    }
}
