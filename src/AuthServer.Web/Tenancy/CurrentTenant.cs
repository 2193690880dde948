using AuthServer.Core.Tenants;
using AuthServer.Protocol.Keys;

namespace AuthServer.Web.Tenancy;

/// <summary>Tenant of the request, in the only scoped service that resolves it.</summary>
public sealed class CurrentTenant
{
    private Tenant? current;

    public Tenant Tenant => current ?? throw new InvalidOperationException("No tenant: this runs outside a request.");

    /// <summary>Null when the request failed before its tenant was found; for the error page.</summary>
    public Tenant? TenantIfFound => current;

    public void Set(Issuer issuer, TenantSnapshot read) => current = read.At(issuer);
}

/// <summary>Finds the tenant before any other middleware runs.</summary>
public sealed class TenantMiddleware(RequestDelegate next, IssuerSource issuers, TenantCache source, SigningKeys keys)
{
    public async Task InvokeAsync(HttpContext http, CurrentTenant current)
    {
        var issuer = issuers.For(http.Connection);
        var read = await source.ReadAsync();
        current.Set(issuer, read);
        keys.Use(read.Keys);

        // The browser sees the issuer, also where a proxy terminates TLS in front of this server: cookies and HSTS
        // depend on that.
        http.Request.Scheme = issuer.Scheme;
        await next(http);
    }
}
