using System.Security.Claims;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// The principal on which OpenIddict notes the digests of what the authorization endpoint issues together with an ID
/// token; <see cref="SignToken"/> reads them. Replaces PrepareIdentityTokenPrincipal, whose claims no token takes.
/// </summary>
internal sealed class AttachIdTokenPrincipal : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessSignInContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireIdentityTokenGenerated>()
        .AddFilter<RequireAuthorizationEndpoint>()
        .UseSingletonHandler<AttachIdTokenPrincipal>()
        .SetOrder(PrepareIdentityTokenPrincipal.Descriptor.Order)
        .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        context.IdentityTokenPrincipal = new ClaimsPrincipal(new ClaimsIdentity());
        return default;
    }
}
