using System.Text.Json.Nodes;
using AuthServer.Web.Branding;
using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>An API as the pages show it.</summary>
internal sealed record ApiView(JsonObject Json, ManagementPrincipal Principal)
{
    public string Id => (string)Json["id"]!;

    public string Identifier => DisplayText.Of((string)Json["identifier"]!);

    public string Name => (string)Json["name"]! is var name && string.IsNullOrWhiteSpace(name)
        ? Identifier
        : DisplayText.Of(name);

    public string Path => "/dashboard/apis/" + Id;

    /// <summary>This server's own API: most of it is fixed.</summary>
    public bool IsSystem => (bool)Json["is_system"]!;

    public JsonArray Scopes => Json["scopes"]!.AsArray();

    /// <summary>The permissions with a text in their name or description; all of them without a text.</summary>
    public IEnumerable<JsonObject> Search(string? text) => Scopes.Select(scope => scope!.AsObject())
        .Where(scope => $"{scope["value"]}\n{scope["description"]}".Contains(
            text?.Trim() ?? "", StringComparison.OrdinalIgnoreCase));

    public IReadOnlyList<Tab> Tabs =>
    [
        new("Dashboard.Api.Settings", Path, typeof(SettingsModel)),
        new("Dashboard.Api.Permissions", Path + "/permissions", typeof(PermissionsModel)),
        new("Dashboard.Applications", Path + "/applications", typeof(ApplicationsModel)),
    ];
}
