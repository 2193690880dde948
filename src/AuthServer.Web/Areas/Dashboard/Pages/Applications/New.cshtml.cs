using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>Creates an application.</summary>
[RequiresScope("create:clients")]
internal sealed class NewModel(DashboardServices services, ClientService clients) : DashboardPage(services)
{
    private static readonly FormSection[] Sections =
    [
        new(
            "Identity",
            FormField.Text("name"),
            FormField.Choice("app_type", [.. ApplicationTypes.All])),
        new("Addresses", FormField.Lines("callbacks"), FormField.Lines("allowed_logout_urls")),
    ];

    public ResourceForm Form { get; } = new("Client", Sections, []) { Submit = "Dashboard.Client.Create" };

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var members = Form.Take(Request.Form);
        JsonObject created = [];
        Error = await PerformAsync(
            "POST /api/v2/clients", async () => created = await clients.CreateAsync(JsonBody.Of(members), ct));
        if (Error is null)
            return To($"/dashboard/applications/{created["client_id"]}/quickstart?done=created");
        Form.Refuse(Error);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
