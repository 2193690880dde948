using System.Text.Json.Nodes;
using AuthServer.Core.Actions;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>Which Actions each trigger executes, in order.</summary>
[RequiresScope("read:actions")]
internal sealed class TriggersModel(
    DashboardServices services, ActionService actions, ActionBindingService bindings)
    : OperationPage(services)
{
    public const string Operation = "PATCH /api/v2/actions/triggers/{triggerId}/bindings";

    private static readonly ActionPaging All = new(0, 100);

    public IReadOnlyList<TriggerView> Triggers { get; private set; } = [];

    protected override string[] ResourceIds => [Request.Posted("trigger")];

    public Task<IActionResult> OnPostAddAsync(CancellationToken ct) =>
        ChangeAsync((ids, action) => ids.Add(action), ct);

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken ct) =>
        ChangeAsync((ids, action) => ids.Remove(action), ct);

    public Task<IActionResult> OnPostUpAsync(CancellationToken ct) =>
        ChangeAsync((ids, action) => Move(ids, action, -1), ct);

    public Task<IActionResult> OnPostDownAsync(CancellationToken ct) =>
        ChangeAsync((ids, action) => Move(ids, action, 1), ct);

    protected override async Task OpenAsync(CancellationToken ct)
    {
        var views = new List<TriggerView>();
        foreach (var trigger in ActionTriggers.All)
        {
            var bound = await BoundAsync(trigger.Id, ct);
            var filter = new ActionFilter { TriggerId = trigger.Id, IsDeployed = true };
            var deployed = ResourcePage.OfActions(await actions.ListAsync(filter, All, ct), "actions").Items
                .Select(json => new ActionView(json, Principal));
            views.Add(new TriggerView(
                trigger, bound, [.. deployed.Where(action => bound.All(one => one.Id != action.Id))]));
        }

        Triggers = views;
    }

    private static void Move(List<string> ids, string action, int by)
    {
        var place = ids.IndexOf(action);
        var next = place + by;
        if (place >= 0 && next >= 0 && next < ids.Count)
            (ids[place], ids[next]) = (ids[next], ids[place]);
    }

    private async Task<IReadOnlyList<ActionView>> BoundAsync(string triggerId, CancellationToken ct) =>
    [
        .. ResourcePage.OfActions(await bindings.ListAsync(triggerId, All, ct), "bindings").Items
            .Select(binding => new ActionView(binding["action"]!.AsObject(), Principal)),
    ];

    /// <summary>The whole list is sent; it counts only while the stored one is what it was made of.</summary>
    private async Task<IActionResult> ChangeAsync(Action<List<string>, string> change, CancellationToken ct)
    {
        var trigger = Request.Posted("trigger");
        return await ActAsync(
            Operation,
            async () =>
            {
                var before = (await BoundAsync(trigger, ct)).Select(action => action.Id).ToList();
                var after = before.ToList();
                change(after, Request.Posted("action"));
                var body = JsonBody.Of(
                    new JsonObject { ["bindings"] = new JsonArray([.. after.Select(Binding)]) },
                    stored => stored["bindings"]!.AsArray().Select(id => (string?)id)
                        .SequenceEqual(before, StringComparer.Ordinal));
                await bindings.ReplaceAsync(trigger, body, ct);
            },
            "saved",
            ct);
    }

    private static JsonObject Binding(string id) =>
        new() { ["ref"] = new JsonObject { ["type"] = "action_id", ["value"] = id } };
}

/// <summary>A trigger as the page shows it.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Bound">Its Actions, in order.</param>
/// <param name="Others">The deployed Actions that it could execute too.</param>
internal sealed record TriggerView(
    ActionTrigger Trigger, IReadOnlyList<ActionView> Bound, IReadOnlyList<ActionView> Others);
