using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ResourceServers;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>The list of APIs, this server's own among them.</summary>
[RequiresScope("read:resource_servers")]
internal sealed class IndexModel(DashboardServices services, ResourceServerService apis) : DashboardPage(services)
{
    public ResourcePage Apis { get; private set; } = ResourcePage.None;

    public async Task OnGetAsync(CancellationToken ct) =>
        Apis = ResourcePage.Of(await apis.ListAsync([], Paging, ct), "resource_servers");
}
