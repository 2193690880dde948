using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>Asks before an application is deleted.</summary>
[RequiresScope("delete:clients")]
internal sealed class DeleteModel(DashboardServices services, ClientService clients)
    : ApplicationPage(services, clients), IDeletePage
{
    public DeleteQuestion Question => new(
        "Client", Application.Name, Application.Path, PathAfterwards, "Dashboard.Applications")
    {
        CancelPath = Application.Path + "/advanced",
    };

    protected override string PathAfterwards => "/dashboard/applications";

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ActAsync("DELETE /api/v2/clients/{id}", () => Clients.DeleteAsync(Id, ct), "deleted", ct);
}
