using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>Creates a role.</summary>
[RequiresScope("create:roles")]
internal sealed class NewModel(DashboardServices services, RoleService roles) : DashboardPage(services)
{
    public const string Operation = "POST /api/v2/roles";

    public ResourceForm Form { get; } = new("Role", RoleForm.Sections, []) { Submit = "Dashboard.Client.Create" };

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var members = Form.Take(Request.Form);
        JsonObject created = [];
        Error = await PerformAsync(Operation, async () => created = await roles.CreateAsync(JsonBody.Of(members), ct));
        if (Error is null)
            return To($"/dashboard/roles/{created["id"]}/permissions?done=created");
        Form.Refuse(Error);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
