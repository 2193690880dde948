using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>A page of an application without a form over its members.</summary>
[RequiresScope("read:clients")]
internal abstract class ApplicationPage(DashboardServices services, ClientService clients)
    : ViewPage<ApplicationView>(services)
{
    public ApplicationView Application => View;

    protected ClientService Clients => clients;

    protected sealed override async Task<ApplicationView> ReadAsync(CancellationToken ct) =>
        new(await clients.GetAsync(Id, Fields.All, WithoutSecrets, ct), Principal);
}
