using System.Text.Json.Nodes;
using AuthServer.Core.Actions;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary><c>/api/v2/actions/executions</c>; the log names their ids.</summary>
internal static class ActionExecutionEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound("That execution does not exist.");

    public static void MapActionExecutions(this RouteGroupBuilder api) =>
        api.MapGet("/actions/executions/{id}", GetAsync).RequireScope("read:actions");

    private static async Task<IResult> GetAsync(string id, AuthDbContext db, CancellationToken ct)
    {
        var executionId = Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty;
        var execution = await db.ActionExecutions.AsNoTracking().SingleOrDefaultAsync(e => e.Id == executionId, ct);
        return execution is null ? Missing : Results.Json(Write(execution));
    }

    private static JsonObject Write(ActionExecution execution) => new()
    {
        ["id"] = execution.Id.ToString(),
        ["trigger_id"] = execution.TriggerId,
        ["status"] = execution.Status,
        ["results"] = JsonNode.Parse(execution.Results),
        ["created_at"] = execution.CreatedAt.Iso(),
        ["updated_at"] = execution.CreatedAt.Iso(),
    };
}
