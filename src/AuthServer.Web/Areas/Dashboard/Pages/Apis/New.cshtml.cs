using System.Text.Json.Nodes;
using AuthServer.Core.Jose;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>Creates an API.</summary>
[RequiresScope("create:resource_servers")]
internal sealed class NewModel(DashboardServices services, ResourceServerService apis) : DashboardPage(services)
{
    public const string Operation = "POST /api/v2/resource-servers";

    private static readonly IReadOnlyList<FormSection> Sections =
    [
        new("Identity", FormField.Text("name"), FormField.Code("identifier")),
        new("Signature", FormField.Choice("signing_alg", [.. Algorithms.Signing])),
    ];

    public ResourceForm Form { get; } = new("Api", Sections, []) { Submit = "Dashboard.Client.Create" };

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var members = Form.Take(Request.Form);
        JsonObject created = [];
        Error = await PerformAsync(Operation, async () => created = await apis.CreateAsync(JsonBody.Of(members), ct));
        if (Error is null)
            return To($"/dashboard/apis/{created["id"]}/permissions?done=created");
        Form.Refuse(Error);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
