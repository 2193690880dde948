using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Roles;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>The list of roles.</summary>
[RequiresScope("read:roles")]
internal sealed class IndexModel(DashboardServices services, RoleService roles) : DashboardPage(services)
{
    public string? Search { get; private set; }

    public ResourcePage Roles { get; private set; } = ResourcePage.None;

    public async Task OnGetAsync(string? q, CancellationToken ct)
    {
        Search = q?.Trim();
        Roles = ResourcePage.Of(await roles.ListAsync(new RoleFilter { Name = Search }, Paging, ct), "roles");
    }
}
