using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary><c>/api/v2/actions/actions</c>.</summary>
internal static class ActionEndpoints
{
    private const int MaxActions = 100;

    public static ManagementError Missing { get; } = ManagementError.NotFound("That action does not exist.");

    public static void MapActions(this RouteGroupBuilder api)
    {
        api.MapGet("/actions/actions", ListAsync).RequireScope("read:actions");
        api.MapPost("/actions/actions", CreateAsync).RequireScope("create:actions");
        api.MapGet("/actions/actions/{id}", GetAsync).RequireScope("read:actions");
        api.MapPatch("/actions/actions/{id}", UpdateAsync).RequireScope("update:actions");
        api.MapDelete("/actions/actions/{id}", DeleteAsync).RequireScope("delete:actions");
    }

    public static Task<ActionDefinition?> FindActionAsync(this AuthDbContext db, string id, CancellationToken ct) =>
        Guid.TryParse(id, out var actionId)
            ? db.Actions.SingleOrDefaultAsync(a => a.Id == actionId, ct)
            : Task.FromResult<ActionDefinition?>(null);

    public static async Task<JsonObject> DescribeAsync(
        this AuthDbContext db, ActionDefinition action, CancellationToken ct) => ActionModel.Write(
            action,
            await db.ActionVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == action.DeployedVersionId, ct));

    private static async Task<IResult> ListAsync(HttpContext http, AuthDbContext db, CancellationToken ct)
    {
        var page = ActionPaging.Of(http);
        var actions = db.Actions.AsNoTracking();
        if (Query.Text(http, "triggerId") is { } trigger)
            actions = actions.Where(a => a.TriggerId == trigger);
        if (Query.Text(http, "actionName") is { } name)
            actions = actions.Where(a => a.Name == name);
        if (Query.Flag(http, "deployed") is { } deployed)
            actions = actions.Where(a => (a.DeployedVersionId != null) == deployed);
        if (Query.Flag(http, "installed") is true)
            actions = actions.Where(_ => false);
        return await page.AnswerAsync(
            "actions",
            actions.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id),
            async shown =>
            {
                var ids = shown.Select(a => a.DeployedVersionId).ToList();
                var versions = await db.ActionVersions.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
                return shown.Select(a => ActionModel.Write(a, versions.Find(v => v.Id == a.DeployedVersionId)));
            },
            ct);
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        ActionDeployment deployment,
        ISecretBox box,
        TimeProvider time,
        CancellationToken ct)
    {
        if (body.Missing("name", "supported_triggers") is { } missing)
            return missing;
        var triggers = body.Root.GetProperty("supported_triggers");
        if (ActionModel.CheckTrigger(triggers) is { } unfit)
            return ManagementError.InvalidBody(unfit.Under("supported_triggers"));
        var now = time.GetUtcNow();
        var action = new ActionDefinition
        {
            Id = Guid.CreateVersion7(now),
            Name = "",
            TriggerId = ActionModel.TriggerIdOf(triggers)!,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (Apply(body, action, Change.Create, box, now) is { } malformed)
            return malformed;
        var isDeployed = body.Root.TryGetProperty("deploy", out var deploy) && deploy.GetBoolean();
        if (isDeployed && await deployment.CheckAsync(action.Code, ct) is { } broken)
            return broken;

        await using var write = await writes.BeginAsync(ct);
        if (await db.Actions.CountAsync(ct) >= MaxActions)
            return ManagementError.Forbidden($"A tenant may have {MaxActions} actions.", "too_many_actions");
        if (await db.Actions.AnyAsync(a => a.Name == action.Name, ct))
            return NameIsTaken(action.Name);
        db.Add(action);
        if (isDeployed)
            await deployment.AddVersionAsync(action, action, now, ct);
        await write.SaveAsync(ct);
        return Results.Json(await db.DescribeAsync(action, ct), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string id, AuthDbContext db, CancellationToken ct) =>
        await db.FindActionAsync(id, ct) is { } action ? Results.Json(await db.DescribeAsync(action, ct)) : Missing;

    private static async Task<IResult> UpdateAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        ISecretBox box,
        TimeProvider time,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.FindActionAsync(id, ct) is not { } action)
            return Missing;
        if (body.Has("deploy"))
            return ManagementError.InvalidBody(ValidationError.Unknown("deploy"));
        var now = time.GetUtcNow();
        if (Apply(body, action, Change.Update, box, now) is { } malformed)
            return malformed;
        if (await db.Actions.AnyAsync(a => a.Name == action.Name && a.Id != action.Id, ct))
            return NameIsTaken(action.Name);
        action.UpdatedAt = now;
        string[] content = ["code", "dependencies", "runtime", "secrets"];
        if (content.Any(body.Has))
            action.AllChangesDeployed = false;
        await write.SaveAsync(ct);
        return Results.Json(await db.DescribeAsync(action, ct));
    }

    private static async Task<IResult> DeleteAsync(
        string id, HttpContext http, AuthDbContext db, TenantWrites writes, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.FindActionAsync(id, ct) is not { } action)
            return Missing;
        var isForced = Query.Flag(http, "force") ?? false;
        if (!isForced && await db.ActionBindings.AnyAsync(b => b.ActionId == action.Id, ct))
            return ManagementError.Conflict("Unable to delete an action bound to a trigger.");
        db.Remove(action);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static ManagementError? Apply(
        JsonBody body, ActionDefinition action, Change change, ISecretBox box, DateTimeOffset now) =>
        ActionModel.Wire.Apply(body, action, change) ?? ActionSecretsBody.Read(body, action, box, now);

    private static ManagementError NameIsTaken(string name) =>
        ManagementError.Conflict($"An action with the name '{name}' already exists.");
}
