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
        new("Dashboard.User.Profile", Path),
        new("Dashboard.User.Edit", Path + "/edit"),
        new("Dashboard.User.Sessions", Path + "/sessions", "read:sessions"),
        new("Dashboard.User.Roles", Path + "/roles"),
        new("Dashboard.Organizations", Path + "/organizations", "read:organizations"),
        new("Dashboard.User.Grants", Path + "/applications", "read:grants"),
        new("Dashboard.User.History", Path + "/history", "read:logs", "read:logs_users"),
        new("Dashboard.User.Metadata", Path + "/metadata"),
    ];
}
