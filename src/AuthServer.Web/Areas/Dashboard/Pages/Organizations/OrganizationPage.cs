using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Organizations;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>A page of an organization without a form over its members.</summary>
[RequiresScope("read:organizations", "read:organizations_summary")]
internal abstract class OrganizationPage(DashboardServices services, OrganizationService organizations)
    : ViewPage<OrganizationView>(services)
{
    public OrganizationView Organization => View;

    protected OrganizationService Organizations => organizations;

    protected sealed override async Task<OrganizationView> ReadAsync(CancellationToken ct) =>
        new(await organizations.GetAsync(Id, ct), Principal);
}
