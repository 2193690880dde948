using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Actions;
using AuthServer.Actions.Messages;
using AuthServer.Core;
using AuthServer.Core.Actions;

namespace AuthServer.Web.Actions;

/// <summary>Outcome of a run.</summary>
/// <param name="Decision">The decision of the Actions, up to a failure.</param>
/// <param name="Results">The result of each Action; at least one.</param>
internal sealed record ActionOutcome(ActionDecision Decision, IReadOnlyList<ActionResult> Results)
{
    /// <summary>Its record; null when none was kept.</summary>
    public Guid? ExecutionId { get; init; }

    /// <summary>The Action that ran last.</summary>
    public ActionResult Last => Results[^1];

    /// <summary>Why the run failed; null when it did not.</summary>
    public ActionError? Error => Last.Error;
}

/// <summary>Executes the Actions of a trigger, and reads what they decided.</summary>
internal sealed partial class ActionFlow(
    IActionRunner runner,
    ActionBreaker breaker,
    ActionCache cache,
    ActionRecorder recorder,
    ISecretBox box,
    ILogger<ActionFlow> log)
{
    /// <param name="trigger">The trigger.</param>
    /// <param name="bound">Its Actions; at least one.</param>
    /// <param name="triggerEvent">The event.</param>
    /// <param name="before">Commands of the Actions before the user was sent away; null when a flow begins.</param>
    public async Task<ActionOutcome> RunAsync(
        ActionTrigger trigger, BoundActions bound, JsonObject triggerEvent, JsonElement? before = null)
    {
        var outcome = await ExecuteAsync(trigger, bound, triggerEvent, before);
        cache.Write(trigger, outcome.Decision.Cache);
        return outcome with { ExecutionId = await recorder.RecordAsync(trigger, outcome) };
    }

    /// <summary>A request that its client aborts does not end a run: the Actions run once.</summary>
    private async Task<ActionOutcome> ExecuteAsync(
        ActionTrigger trigger, BoundActions bound, JsonObject triggerEvent, JsonElement? before)
    {
        if (bound.List.FirstOrDefault(action => breaker.IsOff(action.VersionId)) is { } off)
            return Failed(off.Name, new ActionError("Off", $"The Action {off.Name} is switched off."));
        try
        {
            var results = await runner.RunAsync(
                new ActionRun
                {
                    Handler = trigger.Handler,
                    FirstHandler = before is null ? null : ActionTriggers.ContinueHandler,
                    Event = JsonSerializer.SerializeToElement(triggerEvent),
                    Actions = [.. bound.List.Select(SourceOf)],
                    Cache = cache.Read(trigger),
                },
                CancellationToken.None);
            return Read(bound, results, before);
        }
        catch (ActionKilledException killed)
        {
            var index = killed.Index is { } at && at >= 0 && at < bound.List.Count ? at : 0;
            var action = bound.List[index];
            if (killed.Index is not null && breaker.NoteKill(action.VersionId))
                SwitchedOff(log, action.Name, trigger.Id, ActionBreaker.Pause);
            var error = new ActionError("Killed", killed.Message);
            var begun = bound.List.Take(index + 1).Select((one, i) => new ActionResult
            {
                Name = one.Name,
                Lines = killed.Console.LinesOf(i),
                Error = i == index ? error : null,
            });
            return new ActionOutcome(new ActionDecision(), [.. begun]);
        }
    }

    private ActionSource SourceOf(BoundAction action) =>
        ActionSources.Of(
            action.Name, action.Code, action.SecretsSealed, action.Dependencies, action.Modules, box);

    /// <summary>
    /// A run counts only when every Action ran, up to one that ended it; and nothing of it does when what an Action
    /// decided is not valid.
    /// </summary>
    private static ActionOutcome Read(BoundActions bound, IReadOnlyList<ActionResult> sent, JsonElement? before)
    {
        var decision = new ActionDecision();
        ActionResult[] results = [.. sent.Zip(bound.List, (result, action) => result with { Name = action.Name })];
        if (before is { } commands)
            decision.Read(commands);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].Error is null && decision.Read(results[i].Commands) is { } error)
            {
                results[i] = results[i] with { Error = new ActionError("Error", error) };
                decision = new ActionDecision();
            }

            if (results[i].Error is not null)
                return new ActionOutcome(decision, results[..(i + 1)]);
        }

        var isOver = decision.Denial is not null || decision.RedirectUrl is not null;
        return results.Length == bound.List.Count || (isOver && results.Length > 0)
            ? new ActionOutcome(decision, results)
            : Failed(bound.List[results.Length].Name, new ActionError("Error", "The Action did not run."));
    }

    private static ActionOutcome Failed(string name, ActionError error) =>
        new(new ActionDecision(), [new ActionResult { Name = name, Error = error }]);

    [LoggerMessage(
        LogLevel.Warning,
        "The Action {Action} of {Trigger} had to be stopped repeatedly, and is switched off for {Pause}")]
    private static partial void SwitchedOff(ILogger logger, string action, string trigger, TimeSpan pause);
}
