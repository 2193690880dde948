using System.Text.Json.Nodes;
using AuthServer.Web.Management.Actions;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>What was deployed once, and can be again.</summary>
internal sealed class VersionModel(
    DashboardServices services, ActionService actions, ActionVersionService versions)
    : ActionPage(services, actions)
{
    public const string Operation = "POST /api/v2/actions/actions/{actionId}/versions/{id}/deploy";

    [FromRoute(Name = "version")]
    public string VersionId { get; set; } = "";

    public JsonObject Version { get; private set; } = [];

    protected override string PathAfterwards => $"{ActionView.Root}/{Id}/versions";

    public Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var body = JsonBody.Of(new JsonObject { ["update_draft"] = Request.Posted("update_draft") == "true" });
        return ActAsync(
            Operation, () => versions.DeployAgainAsync(Id, VersionId, body, ct), "deployed", ct, Id, VersionId);
    }

    protected override async Task LoadAsync(CancellationToken ct) =>
        Version = await versions.GetAsync(Id, VersionId, ct);
}
