using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>Name and description of a role.</summary>
[RequiresScope("read:roles")]
internal sealed class SettingsModel(DashboardServices services, RoleService roles) : FormPage(services)
{
    [FromRoute]
    public string Id { get; set; } = "";

    public RoleView Role { get; private set; } = null!;

    protected override string Resource => "Role";

    protected override string Operation => "PATCH /api/v2/roles/{id}";

    protected override string[] ResourceIds => [Id];

    protected override IReadOnlyList<FormSection> Sections => RoleForm.Sections;

    protected override async Task<JsonObject> ReadAsync(CancellationToken ct)
    {
        var role = await roles.GetAsync(Id, ct);
        Role = new RoleView(role, Principal);
        return role;
    }

    protected override Task UpdateAsync(JsonBody body, CancellationToken ct) => roles.UpdateAsync(Id, body, ct);
}
