using AuthServer.Core;
using AuthServer.Core.Dpop;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;

namespace AuthServer.Protocol.Exchange;

/// <summary>The rules that several grant types share.</summary>
internal sealed class ExchangeRules(Tenant tenant, IResourceServerStore resourceServers)
{
    /// <summary>RFC 6749 §3.3.</summary>
    public ValueTask<OAuthError?> ScopeIsWellFormed(ExchangeContext context, CancellationToken _)
    {
        if (!Scopes.Parse(context.Parameters["scope"]).Succeeded(out var scopes, out var malformed))
            return new(malformed);
        context.RequestedScopes = scopes;
        return default;
    }

    /// <summary>
    /// Auth0's <c>audience</c>, <c>resource</c> (RFC 8707), or the tenant's default; null when none is named.
    /// </summary>
    public async ValueTask<OAuthError?> ResourceServerIsKnown(ExchangeContext context, CancellationToken ct)
    {
        context.Target = await RequestedResourceServer.FindAsync(context.Parameters, tenant, resourceServers, ct);
        if (context.Target.Refusal is { } refused)
            return refused;
        return context.Target is { Identifier: { } audience, Api: null }
            ? OAuthError.AccessDenied($"Service not found: {tenant.Issuer.Absolute(audience)}")
            : null;
    }

    /// <summary>ASVS 10.4.14: the API requires tokens that are bound to a key.</summary>
    public static ValueTask<OAuthError?> ResourceServerAcceptsTheBinding(
        ExchangeContext context, CancellationToken _) =>
        new(DpopProofs.Missing(
            context.KeyThumbprint,
            context.Client,
            context.Subject is { } subject ? subject.Api : context.Target.Api));
}
