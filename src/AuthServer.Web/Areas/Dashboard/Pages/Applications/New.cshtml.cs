using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>Creates an application.</summary>
[RequiresScope("create:clients")]
internal sealed class NewModel(DashboardServices services, ClientService clients) : NewPage(services)
{
    private static readonly FormSection[] FormSections =
    [
        new(
            "Identity",
            FormField.Text("name"),
            FormField.Choice("app_type", [.. ApplicationTypes.All])),
        new("Addresses", FormField.Lines("callbacks"), FormField.Lines("allowed_logout_urls")),
    ];

    protected override string Resource => "Client";

    protected override string Operation => "POST /api/v2/clients";

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    protected override async Task<IActionResult> CreateAsync(JsonBody body, CancellationToken ct)
    {
        var created = await clients.CreateAsync(body, ct);
        return To($"/dashboard/applications/{created["client_id"]}/quickstart?done=created");
    }
}
