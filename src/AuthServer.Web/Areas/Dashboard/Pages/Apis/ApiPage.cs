using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ResourceServers;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>A page of an API without a form over its members. Its head shows the API.</summary>
[RequiresScope("read:resource_servers")]
internal abstract class ApiPage(DashboardServices services, ResourceServerService apis) : OperationPage(services)
{
    [FromRoute]
    public string Id { get; set; } = "";

    public ApiView Api { get; private set; } = null!;

    protected ResourceServerService Apis => apis;

    protected sealed override string[] ResourceIds => [Id];

    /// <summary>Reads what the tab shows.</summary>
    protected virtual Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    protected sealed override async Task OpenAsync(CancellationToken ct)
    {
        Api = new ApiView(await apis.GetAsync(Id, ct), Principal);
        await LoadAsync(ct);
    }
}
