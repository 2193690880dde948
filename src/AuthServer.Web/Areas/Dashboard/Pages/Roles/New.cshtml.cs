using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>Creates a role.</summary>
[RequiresScope("create:roles")]
internal sealed class NewModel(DashboardServices services, RoleService roles) : NewPage(services)
{
    public const string Creation = "POST /api/v2/roles";

    protected override string Resource => "Role";

    protected override string Operation => Creation;

    protected override IReadOnlyList<FormSection> Sections => RoleForm.Sections;

    protected override async Task<IActionResult> CreateAsync(JsonBody body, CancellationToken ct)
    {
        var created = await roles.CreateAsync(body, ct);
        return To($"/dashboard/roles/{created["id"]}/permissions?done=created");
    }
}
