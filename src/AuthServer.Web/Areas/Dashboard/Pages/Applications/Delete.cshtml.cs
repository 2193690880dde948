using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>Asks before an application is deleted.</summary>
[RequiresScope("read:clients")]
[RequiresScope("delete:clients")]
internal sealed class DeleteModel(DashboardServices services, ClientService clients) : DashboardPage(services)
{
    [FromRoute]
    public string Id { get; set; } = "";

    public ApplicationView Application { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Error = await PerformAsync("DELETE /api/v2/clients/{id}", () => clients.DeleteAsync(Id, ct), Id);
        if (Error is null)
            return To("/dashboard/applications?done=deleted");
        await LoadAsync(ct);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct) =>
        Application = new ApplicationView(await clients.GetAsync(Id, Fields.All, WithoutSecrets, ct), Principal);
}
