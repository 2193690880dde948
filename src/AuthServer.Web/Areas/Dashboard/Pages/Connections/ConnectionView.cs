using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Branding;
using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>A connection as the pages show it.</summary>
internal sealed record ConnectionView(JsonObject Json, ManagementPrincipal Principal)
{
    public string Id => (string)Json["id"]!;

    public string Strategy => (string)Json["strategy"]!;

    public bool IsDatabase => Strategy == Connection.DatabaseStrategy;

    public string Name => DisplayText.Of((string)Json["name"]!);

    /// <summary>As users see it.</summary>
    public string DisplayName => (string?)Json["display_name"] is { Length: > 0 } name ? DisplayText.Of(name) : Name;

    public string Path => "/dashboard/connections/" + Id;

    /// <summary>Whether this server can authenticate at the provider: every client id has its secret.</summary>
    public bool HasKeys => IsDatabase || (string?)Json["options"]?["client_id"] is { Length: > 0 };

    public bool IsOpenToSignup => (bool?)Json["options"]?["disable_signup"] != true;

    public IReadOnlyList<Tab> Tabs =>
    [
        new("Dashboard.Connection.Settings", Path, typeof(SettingsModel)),
        new("Dashboard.Connection.Applications", Path + "/applications", typeof(ApplicationsModel)),
        .. IsDatabase
            ? Array.Empty<Tab>()
            :
            [
                new("Dashboard.Connection.Provider", Path + "/provider", typeof(ProviderModel)),
                new("Dashboard.Connection.Try", Path + "/try", typeof(TryModel)),
            ],
    ];
}
