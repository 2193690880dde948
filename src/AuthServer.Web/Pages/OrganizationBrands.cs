using AuthServer.Core.Organizations;
using AuthServer.Core.Tenants;
using AuthServer.Web.Branding;

namespace AuthServer.Web.Pages;

/// <summary>Brand of an asset: that of the organization that its URL names, else the tenant's.</summary>
internal sealed class OrganizationBrands(IOrganizationStore organizations, Tenant tenant)
{
    public async Task<Brand> FindAsync(HttpContext http, CancellationToken ct) =>
        Brand.Of(
            tenant.Settings,
            http.Request.Query["organization"] is [{ Length: > 0 and <= 64 } id]
                ? await organizations.FindAsync(id, ct)
                : null);
}
