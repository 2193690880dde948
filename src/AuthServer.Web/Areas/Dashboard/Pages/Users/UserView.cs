using System.Text.Json.Nodes;
using AuthServer.Web.Branding;
using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>A user as the pages show them.</summary>
internal sealed record UserView(JsonObject Json, ManagementPrincipal Principal)
{
    public string UserId => (string)Json["user_id"]!;

    public string Path => "/dashboard/users/" + Uri.EscapeDataString(UserId);

    public string Email => DisplayText.Of((string?)Json["email"] ?? (string?)Json["username"] ?? "");

    public string Name => DisplayText.Of((string?)Json["name"] ?? (string?)Json["email"] ?? UserId);

    public string Connection => DisplayText.Of((string?)Json["identities"]?[0]?["connection"] ?? "");

    public bool IsBlocked => (bool?)Json["blocked"] == true;

    public bool IsConfirmed => (bool?)Json["email_verified"] == true;

    public bool HasAddress => Json["email"] is not null;

    public IReadOnlyList<Tab> Tabs =>
    [
        new("Dashboard.User.Profile", Path, typeof(ProfileModel)),
        new("Dashboard.User.Edit", Path + "/edit", typeof(EditModel)),
        new("Dashboard.User.Sessions", Path + "/sessions", typeof(SessionsModel)),
        new("Dashboard.User.Roles", Path + "/roles", typeof(RolesModel)),
        new("Dashboard.Organizations", Path + "/organizations", typeof(OrganizationsModel)),
        new("Dashboard.User.Grants", Path + "/applications", typeof(ApplicationsModel)),
        new("Dashboard.User.History", Path + "/history", typeof(HistoryModel)),
        new("Dashboard.User.Metadata", Path + "/metadata", typeof(MetadataModel)),
    ];
}
