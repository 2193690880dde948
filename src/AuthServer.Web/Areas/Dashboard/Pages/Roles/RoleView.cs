using System.Text.Json.Nodes;
using AuthServer.Web.Branding;
using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>A role as the pages show it.</summary>
internal sealed record RoleView(JsonObject Json, ManagementPrincipal Principal)
{
    public string Id => (string)Json["id"]!;

    public string Name => DisplayText.Of((string)Json["name"]!);

    public string Description => DisplayText.Of((string)Json["description"]!);

    public string Path => "/dashboard/roles/" + Id;

    public IReadOnlyList<Tab> Tabs =>
    [
        new("Dashboard.Role.Settings", Path, typeof(SettingsModel)),
        new("Dashboard.Role.Permissions", Path + "/permissions", typeof(PermissionsModel)),
        new("Dashboard.Role.Members", Path + "/members", typeof(MembersModel)),
    ];
}
