using System.Text.Json.Nodes;
using AuthServer.Core.Actions;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>Creates an Action, with code to begin with.</summary>
[RequiresScope("create:actions")]
internal sealed class NewModel(DashboardServices services, ActionService actions) : NewPage(services)
{
    private const string Trigger = "trigger";

    protected override string Resource => "Action";

    protected override string Operation => IndexModel.Creation;

    protected override IReadOnlyList<FormSection> Sections =>
    [
        new(
            "Identity",
            FormField.Text("name"),
            FormField.Choice(Trigger, [.. ActionTriggers.All.Select(trigger => trigger.Id)])),
    ];

    protected override JsonObject BodyOf(JsonObject members)
    {
        var trigger = (string?)members[Trigger];
        members.Remove(Trigger);
        members["supported_triggers"] = new JsonArray(new JsonObject { ["id"] = trigger });
        members["code"] = StartingScripts.For(trigger);
        return members;
    }

    protected override async Task<IActionResult> CreateAsync(JsonBody body, CancellationToken ct)
    {
        var created = await actions.CreateAsync(body, ct);
        return To($"{ActionView.Root}/{created["id"]}?done=created");
    }
}
