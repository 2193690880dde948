using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ResourceServers;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>A page of an API without a form over its members.</summary>
[RequiresScope("read:resource_servers")]
internal abstract class ApiPage(DashboardServices services, ResourceServerService apis) : ViewPage<ApiView>(services)
{
    public ApiView Api => View;

    protected ResourceServerService Apis => apis;

    protected sealed override async Task<ApiView> ReadAsync(CancellationToken ct) =>
        new(await apis.GetAsync(Id, ct), Principal);
}
