using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Organizations;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>The list of organizations.</summary>
[RequiresScope("read:organizations", "read:organizations_summary")]
internal sealed class IndexModel(DashboardServices services, OrganizationListService organizations)
    : DashboardPage(services)
{
    public const string Creation = "POST /api/v2/organizations";

    public string? Search { get; private set; }

    public ResourcePage Organizations { get; private set; } = ResourcePage.None;

    public async Task OnGetAsync(string? q, CancellationToken ct)
    {
        Search = q?.Trim();
        Organizations = ResourcePage.Of(await organizations.SearchAsync(Search, Paging, ct), "organizations");
    }
}
