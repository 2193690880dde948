using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ResourceServers;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>Asks before an API is deleted.</summary>
[RequiresScope("delete:resource_servers")]
internal sealed class DeleteModel(DashboardServices services, ResourceServerService apis) : ApiPage(services, apis)
{
    public const string Operation = "DELETE /api/v2/resource-servers/{id}";

    protected override string PathAfterwards => "/dashboard/apis";

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ActAsync(Operation, () => Apis.DeleteAsync(Id, ct), "deleted", ct);
}
