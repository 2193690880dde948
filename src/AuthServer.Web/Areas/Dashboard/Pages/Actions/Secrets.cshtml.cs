using System.Text.Json.Nodes;
using AuthServer.Web.Management.Actions;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>The secrets of an Action: they are written, and never shown. A change takes a recent login.</summary>
internal sealed class SecretsModel(DashboardServices services, ActionService actions) : ActionPage(services, actions)
{
    public const string Operation = "PATCH /api/v2/actions/actions/{id}";

    protected override bool NeedsRecentLogin => true;

    public IEnumerable<JsonObject> Secrets => Action.Json["secrets"]!.AsArray().Select(secret => secret!.AsObject());

    public string TypedName => Request.HasFormContentType ? Request.Posted("name") : "";

    public Task<IActionResult> OnPostSetAsync(CancellationToken ct)
    {
        var name = Request.Posted("name").Trim();
        var secret = new JsonObject { ["name"] = name, ["value"] = Request.Posted("value") };
        return ChangeAsync(name, secret, ct);
    }

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken ct) => ChangeAsync(Request.Posted("name"), null, ct);

    /// <summary>The others are named without a value, so that they keep theirs.</summary>
    private async Task<IActionResult> ChangeAsync(string name, JsonObject? secret, CancellationToken ct)
    {
        await OpenAsync(ct);
        var kept = Secrets.Select(one => (string)one["name"]!).Where(one => one != name)
            .Select(one => new JsonObject { ["name"] = one });
        var all = new JsonArray([.. kept]);
        if (secret is not null)
            all.Add(secret);
        var shown = Action.Json["secrets"]!.ToJsonString();
        return await ActAsync(
            Operation,
            () => Actions.UpdateAsync(
                Id,
                JsonBody.Of(new() { ["secrets"] = all }, stored => stored["secrets"]!.ToJsonString() == shown),
                ct),
            "saved",
            ct);
    }
}
