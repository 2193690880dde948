using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Actions;
using AuthServer.Actions.Messages;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Storage.Actions;
using AuthServer.Web.Actions;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Actions;

/// <summary>
/// Executes the draft of an Action with an event that the caller makes up. What it decides is only shown.
/// </summary>
internal sealed class ActionTestService(AuthDbContext db, IActionRunner runner, ISecretBox box)
{
    public async Task<JsonObject> TestAsync(string id, JsonBody body, CancellationToken ct)
    {
        body.Require("payload");
        body.AllowOnly("payload");
        var payload = body.Root.GetProperty("payload");
        if (JsonValidators.Object(payload) is { } mistyped)
            throw ManagementException.Invalid(mistyped, "payload");
        var action = await db.Actions.FindActionAsync(id, ct);
        var modules = await db.FindModulesAsync(action.Modules, ct);
        return new JsonObject { ["payload"] = Write(await RunAsync(action, modules, payload)) };
    }

    private async Task<ActionResult> RunAsync(
        ActionDefinition action, IReadOnlyList<BoundModule> modules, JsonElement payload)
    {
        var source = ActionSources.Of(
            action.Name, action.Code, action.SecretsSealed, action.Dependencies, modules, box);
        var run = new ActionRun
        {
            Handler = ActionTriggers.Find(action.TriggerId)!.Handler,
            Event = payload,
            Actions = [source],
        };
        try
        {
            var results = await runner.RunAsync(run, CancellationToken.None);
            return results is [var result] ? result : Failed(action, "The Action did not run.");
        }
        catch (ActionKilledException killed)
        {
            return Failed(action, killed.Message) with { Lines = killed.Console.LinesOf(0) };
        }
    }

    private static ActionResult Failed(ActionDefinition action, string message) =>
        new() { Name = action.Name, Error = new ActionError("Error", message) };

    private static JsonObject Write(ActionResult result)
    {
        var json = new JsonObject
        {
            ["action_name"] = result.Name,
            ["commands"] = result.Commands.ValueKind == JsonValueKind.Array
                ? JsonNode.Parse(result.Commands.GetRawText())
                : new JsonArray(),
            ["lines"] = JsonText.ArrayOf(result.Lines),
            ["milliseconds"] = Math.Round(result.EndedAt - result.StartedAt, 1),
        };
        if (result.Error is { } error)
            json["error"] = new JsonObject { ["id"] = error.Id, ["msg"] = error.Message, ["place"] = error.Place };
        return json;
    }
}
