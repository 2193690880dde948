using System.Text.Json.Nodes;
using AuthServer.Web.Branding;
using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>What stands at the head of every page of an Action.</summary>
internal sealed record ActionView(JsonObject Json, ManagementPrincipal Principal)
{
    public const string Root = "/dashboard/actions";

    public static IReadOnlyList<Tab> Screens { get; } =
    [
        new("Dashboard.Action.Library", Root, typeof(IndexModel)),
        new("Dashboard.Action.Triggers", Root + "/triggers", typeof(TriggersModel)),
        new("Dashboard.Action.Executions", Root + "/executions", typeof(ExecutionsModel)),
    ];

    public string Id => (string)Json["id"]!;

    public string Path => $"{Root}/{Id}";

    public string Name => DisplayText.Of((string)Json["name"]!);

    public string TriggerId => (string)Json["supported_triggers"]![0]!["id"]!;

    public bool IsDeployed => Json["deployed_version"] is not null;

    /// <summary>The modules that the draft loads, and which version of each.</summary>
    public IEnumerable<(string Name, int Version)> Modules => Json["modules"]!.AsArray().Select(module =>
        (DisplayText.Of((string)module!["module_name"]!), (int)module["module_version_number"]!));

    /// <summary>The draft is not what is deployed.</summary>
    public bool HasDraft => (bool?)Json["all_changes_deployed"] != true;

    public IReadOnlyList<Tab> Tabs =>
    [
        new("Dashboard.Action.Editor", Path, typeof(CodeModel)),
        new("Dashboard.Action.Secrets", Path + "/secrets", typeof(SecretsModel)),
        new("Dashboard.Action.Test", Path + "/test", typeof(TestModel)),
        new("Dashboard.Action.Versions", Path + "/versions", typeof(VersionsModel)),
    ];
}
