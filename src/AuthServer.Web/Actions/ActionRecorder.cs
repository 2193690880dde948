using System.Text.Json.Nodes;
using AuthServer.Actions.Messages;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Web.Logs;

namespace AuthServer.Web.Actions;

/// <summary>
/// Keeps what administrators look for: runs that failed, denied or wrote to the console, and an event of the log for
/// each that failed, and for each login in a browser and each sign-up that ended with it. The token endpoint records
/// its errors itself.
/// </summary>
internal sealed class ActionRecorder(IActionExecutionStore executions, IEventLog events, TimeProvider time)
{
    /// <returns>Id of the execution; null when it was not kept.</returns>
    public async Task<Guid?> RecordAsync(ActionTrigger trigger, ActionOutcome outcome)
    {
        var isQuiet = outcome.Error is null && outcome.Decision.Denial is null;
        if (isQuiet && outcome.Results.All(result => result.Lines.Count == 0))
            return null;
        var now = time.GetUtcNow();
        var execution = new ActionExecution
        {
            Id = Guid.CreateVersion7(now),
            TriggerId = trigger.Id,
            Status = outcome.Error is null ? "final" : "partial",
            Results = new JsonArray([.. outcome.Results.Select(result => Write(result, now))]).ToJsonString(),
            CreatedAt = now,
        };
        await executions.AddAsync(execution, CancellationToken.None);
        if (outcome.Error is { } error)
            await events.RecordAsync(LogEventTypes.ActionFailed, About(trigger, outcome, error, execution));
        return execution.Id;
    }

    public Task RecordFailedLoginAsync(PostLogin login, Connection? connection, OAuthError error)
    {
        var (client, subject, _, _) = login.Tokens;
        var about = new LogEvent { Error = error }.For(client).By(subject.User).In(subject.Organization);
        return events.RecordAsync(LogEventTypes.FailedLogin, connection is null ? about : about.At(connection));
    }

    public Task RecordFailedSignupAsync(Registration registration, OAuthError error)
    {
        var (user, connection, client) = registration;
        var about = new LogEvent { Error = error, UserName = user.Email ?? user.Username };
        return events.RecordAsync(
            LogEventTypes.FailedSignup, about.For(client).At(connection).In(registration.Organization));
    }

    private static LogEvent About(
        ActionTrigger trigger, ActionOutcome outcome, ActionError error, ActionExecution execution) => new()
        {
            Description = $"{outcome.Last.Name}: {error.Message}",
            Details = new JsonObject
            {
                ["trigger"] = trigger.Id,
                ["action_name"] = outcome.Last.Name,
                ["action_error"] = Write(error),
                ["actions"] = RequestEvents.ActionsOf(execution.Id),
            }.ToJsonString(),
        };

    private static JsonObject Write(ActionResult result, DateTimeOffset end)
    {
        var started = end - TimeSpan.FromMilliseconds(Math.Clamp(result.EndedAt - result.StartedAt, 0, 3_600_000));
        var json = new JsonObject
        {
            ["action_name"] = result.Name,
            ["started_at"] = started,
            ["ended_at"] = end,
        };
        if (result.Error is { } error)
            json["error"] = Write(error);
        if (result.Lines.Count > 0)
        {
            json["lines"] = new JsonArray([.. result.Lines
                .Select(line => (JsonNode?)LogText.Bounded(line, LogEvent.MaxTextBytes))]);
        }

        return json;
    }

    private static JsonObject Write(ActionError error)
    {
        var json = new JsonObject
        {
            ["id"] = LogText.Bounded(error.Id, LogEvent.MaxNameBytes),
            ["msg"] = LogText.Bounded(error.Message, LogEvent.MaxTextBytes),
        };
        if (error.Place is not null)
            json["place"] = LogText.Bounded(error.Place, LogEvent.MaxNameBytes);
        return json;
    }
}
