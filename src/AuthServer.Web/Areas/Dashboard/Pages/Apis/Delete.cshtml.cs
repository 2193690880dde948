using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ResourceServers;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>Asks before an API is deleted.</summary>
[RequiresScope("delete:resource_servers")]
internal sealed class DeleteModel(DashboardServices services, ResourceServerService apis)
    : ApiPage(services, apis), IDeletePage
{
    public const string Operation = "DELETE /api/v2/resource-servers/{id}";

    public DeleteQuestion Question => new("Api", Api.Name, Api.Path, PathAfterwards, "Dashboard.Apis");

    protected override string PathAfterwards => "/dashboard/apis";

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ActAsync(Operation, () => Apis.DeleteAsync(Id, ct), "deleted", ct);
}
