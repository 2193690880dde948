using System.Diagnostics;
using System.Text.Json;
using Acornima;
using AuthServer.Actions.Messages;
using AuthServer.Core;
using Jint.Runtime;

namespace AuthServer.Actions.Child;

/// <summary>Executes the Actions of a run in order, each in a realm of its own.</summary>
internal sealed class ActionExecutor(ParentChannel parent)
{
    /// <summary>After one of these, the Actions that follow don't run.</summary>
    private static readonly string[] Ends = ["access.deny", "validation.error", "redirect.sendUserTo"];

    /// <summary>The values are in an array of commands, which are arrays, in the object of the result.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = ActionLimits.MaxJsonDepth + 3 };
    private static readonly JsonElement NoCommands = JsonSerializer.SerializeToElement(Array.Empty<string>());

    public ChildMessage Run(ActionRun run)
    {
        var clock = Stopwatch.StartNew();
        var pipeline = new EventPipeline(run);
        var results = new List<ActionResult>();
        var exhausted = false;
        for (var i = 0; i < run.Actions.Count; i++)
        {
            if (i > 0)
                parent.Write(new ChildMessage { Begin = i });
            var started = clock.Elapsed.TotalMilliseconds;
            var timeLeft = TimeSpan.FromMilliseconds(run.Wall) - clock.Elapsed;
            var result = Execute(run.Actions[i], pipeline, TimeSpan.FromMilliseconds(run.Cpu), timeLeft, out exhausted);
            results.Add(result with { StartedAt = started, EndedAt = clock.Elapsed.TotalMilliseconds });
            if (result.Error is not null || EndsRun(result.Commands))
                break;
            pipeline.Apply(result.Commands);
        }

        return new ChildMessage { Results = results, IsExhausted = exhausted };
    }

    private ActionResult Execute(
        ActionSource action, EventPipeline pipeline, TimeSpan cpu, TimeSpan timeLeft, out bool exhausted)
    {
        exhausted = false;
        var console = new ConsoleLines(parent);
        try
        {
            var pending = new PendingCalls(parent);
            using var realm = new ActionRealm(pending.Start, console.Add);
            var end = Stopwatch.StartNew();
            if (action.Dependencies.Count > 0)
                realm.SetVersions(action.Dependencies);
            foreach (var module in action.Modules)
                realm.AddModule(module);
            realm.Start(ActionRealm.Prepare(action.Code), pipeline.ArgumentsFor(action), cpu);
            while (realm.Result is null)
            {
                if (pending.IsEmpty)
                    return Failed(action, "Error", "The Action awaits a promise that nothing settles.");
                if (pending.Next(timeLeft - end.Elapsed) is not { } answer)
                    return Failed(action, "TimeoutError", "The Actions of this trigger took too long.");
                realm.Settle(answer.Id, answer.Succeeded, answer.Value);
            }

            return Read(action, realm.Result);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            exhausted = failure is OutOfMemoryException;
            return Failed(action, IdOf(failure), MessageOf(failure));
        }
        finally
        {
            console.End();
        }
    }

    private static ActionResult Read(ActionSource action, string result)
    {
        using var document = JsonDocument.Parse(result, Deep);
        var root = document.RootElement.Clone();
        var commands = root.GetProperty("commands");
        var unreadable = CheckValues(commands);
        return new ActionResult
        {
            Name = action.Name,
            Error = root.GetProperty("error") is { ValueKind: JsonValueKind.Object } error
                ? new ActionError(
                    JsonText.Of(error, "id") ?? "Error",
                    JsonText.Of(error, "message") ?? "",
                    JsonText.Of(error, "place"))
                : unreadable,
            Commands = unreadable is null ? commands : NoCommands,
        };
    }

    private static ActionResult Failed(ActionSource action, string id, string message) =>
        new() { Name = action.Name, Error = new ActionError(id, message), Commands = NoCommands };

    private static bool EndsRun(JsonElement commands) =>
        commands.EnumerateArray().Any(command => Ends.Contains(command[0].GetString(), StringComparer.Ordinal));

    /// <summary>The next Action reads them, as the parent does.</summary>
    private static ActionError? CheckValues(JsonElement commands) =>
        commands.EnumerateArray().All(command => JsonText.Read(command.GetRawText()) is not null)
            ? null
            : new ActionError("TypeError", "A value is nested too deeply, or has text that can't be stored.");

    private static string IdOf(Exception failure) => failure switch
    {
        JavaScriptException or HostException => "Error",
        ParseErrorException => "SyntaxError",
        TimeoutException => "TimeoutError",
        _ => failure.GetType().Name.Replace("Exception", "", StringComparison.Ordinal),
    };

    private static string MessageOf(Exception failure) => failure.Message.Split('\n')[0].Trim();
}
