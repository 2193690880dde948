using AuthServer.Core.Tenants;

namespace AuthServer.Web.Http;

/// <summary>The request's tenant: the one scoped place where it is asked for (mission decision 16).</summary>
public sealed class CurrentTenant
{
    private TenantSnapshot? snapshot;
    private Tenant? tenant;

    public Tenant Tenant => tenant ?? throw new InvalidOperationException("No tenant: this runs outside a request.");

    /// <summary>Null when the request failed before its tenant was found; for the page that says so.</summary>
    public Tenant? TenantIfFound => tenant;

    public IReadOnlySet<string> ScriptOrigins => snapshot?.ScriptOrigins ?? throw new InvalidOperationException("No tenant: this runs outside a request.");

    public void Set(Issuer issuer, TenantSnapshot current) =>
        (tenant, snapshot) = (new Tenant(issuer, current.Settings, current.Keys) { SubjectSalt = current.SubjectSalt }, current);
}

/// <summary>Finds the tenant before anything else looks at the request.</summary>
public sealed class TenantMiddleware(RequestDelegate next, IssuerSource issuers, TenantSource source)
{
    public async Task InvokeAsync(HttpContext http, CurrentTenant current)
    {
        var issuer = issuers.For(http.Connection);
        current.Set(issuer, await source.ReadAsync());

        // What the browser sees is the issuer, also where a proxy ends TLS in front of us: cookies and HSTS go by that.
        http.Request.Scheme = issuer.Scheme;
        await next(http);
    }
}
