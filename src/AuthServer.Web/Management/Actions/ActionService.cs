using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Actions: their drafts, and what their executions left.</summary>
internal sealed class ActionService(
    AuthDbContext db, TenantWrites writes, ActionDeployment deployment, ISecretBox box, TimeProvider time)
{
    private const int MaxActions = 100;

    private static readonly string[] Content = ["code", "dependencies", "runtime", "secrets", "modules"];

    public static ManagementException Missing =>
        ManagementError.NotFound("That action does not exist.").AsException();

    public async Task<JsonObject> ListAsync(ActionFilter filter, ActionPaging paging, CancellationToken ct)
    {
        var actions = filter.Apply(db.Actions.AsNoTracking()).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id);
        return await paging.PageAsync("actions", actions, WriteAsync, ct);

        async Task<IEnumerable<JsonObject>> WriteAsync(IReadOnlyList<ActionDefinition> shown)
        {
            var ids = shown.Select(a => a.DeployedVersionId).ToList();
            var versions = await db.ActionVersions.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
            return shown.Select(a => ActionModel.Write(a, versions.Find(v => v.Id == a.DeployedVersionId)));
        }
    }

    public async Task<JsonObject> CreateAsync(JsonBody body, CancellationToken ct)
    {
        body.Require("name", "supported_triggers");
        var triggers = body.Root.GetProperty("supported_triggers");
        ManagementException.ThrowIfInvalid(ActionModel.CheckTrigger(triggers)?.Under("supported_triggers"));
        var now = time.GetUtcNow();
        var action = new ActionDefinition
        {
            Id = Guid.CreateVersion7(now),
            Name = "",
            TriggerId = ActionModel.TriggerIdOf(triggers)!,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await ApplyAsync(body, action, Change.Create, now, ct);
        var isDeployed = body.Flag("deploy");
        if (isDeployed)
            await deployment.EnsureCompilesAsync(action, ct);

        await using var write = await writes.BeginAsync(ct);
        if (await db.Actions.CountAsync(ct) >= MaxActions)
        {
            throw ManagementError
                .Forbidden($"A tenant may have {MaxActions} actions.", "too_many_actions").AsException();
        }

        await EnsureNameIsFreeAsync(action, ct);
        db.Add(action);
        if (isDeployed)
            await deployment.AddVersionAsync(action, action, now, ct);
        await write.SaveAsync(ct);
        return await WriteAsync(action, ct);
    }

    public async Task<JsonObject> GetAsync(string id, CancellationToken ct) =>
        await WriteAsync(await db.Actions.AsNoTracking().FindActionAsync(id, ct), ct);

    public async Task<JsonObject> UpdateAsync(string id, JsonBody body, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var action = await db.Actions.FindActionAsync(id, ct);
        body.EnsureCurrent(ActionModel.Wire.Write(action));
        var now = time.GetUtcNow();
        await ApplyAsync(body, action, Change.Update, now, ct);
        await EnsureNameIsFreeAsync(action, ct);
        action.UpdatedAt = now;
        if (Array.Exists(Content, body.Has))
            action.AllChangesDeployed = false;
        await write.SaveAsync(ct);
        return await WriteAsync(action, ct);
    }

    /// <param name="id">The Action.</param>
    /// <param name="isForced">It is deleted although a trigger executes it.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task DeleteAsync(string id, bool isForced, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var action = await db.Actions.FindActionAsync(id, ct);
        if (!isForced && await db.ActionBindings.AnyAsync(b => b.ActionId == action.Id, ct))
            throw ManagementError.Conflict("Unable to delete an action bound to a trigger.").AsException();
        db.Remove(action);
        await write.SaveAsync(ct);
    }

    /// <summary>The newest first.</summary>
    /// <param name="triggerId">Only of this trigger; null for all.</param>
    /// <param name="paging">The part of the list.</param>
    /// <param name="ct">Ends the work.</param>
    public Task<JsonObject> ListExecutionsAsync(string? triggerId, ActionPaging paging, CancellationToken ct)
    {
        var executions = db.ActionExecutions.AsNoTracking()
            .Where(e => triggerId == null || e.TriggerId == triggerId)
            .OrderByDescending(e => e.CreatedAt).ThenBy(e => e.Id);
        return paging.PageAsync(
            "executions", executions, shown => Task.FromResult(shown.Select(ActionModel.Write)), ct);
    }

    /// <summary>The log names the ids of executions.</summary>
    public async Task<JsonObject> GetExecutionAsync(string id, CancellationToken ct)
    {
        var executionId = Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty;
        var execution = await db.ActionExecutions.AsNoTracking().SingleOrDefaultAsync(e => e.Id == executionId, ct)
            ?? throw ManagementError.NotFound("That execution does not exist.").AsException();
        return ActionModel.Write(execution);
    }

    private async Task<JsonObject> WriteAsync(ActionDefinition action, CancellationToken ct)
    {
        var deployed = await db.ActionVersions.AsNoTracking()
            .SingleOrDefaultAsync(v => v.Id == action.DeployedVersionId, ct);
        return ActionModel.Write(action, deployed);
    }

    private async Task ApplyAsync(
        JsonBody body, ActionDefinition action, Change change, DateTimeOffset now, CancellationToken ct)
    {
        ActionModel.Wire.Apply(body, action, change);
        ManagementException.ThrowIfInvalid(ActionSecretsBody.Read(body, action, box, now));
        ManagementException.ThrowIfInvalid(await ActionModulesBody.ReadAsync(body, action, db, ct));
    }

    private async Task EnsureNameIsFreeAsync(ActionDefinition action, CancellationToken ct)
    {
        if (await db.Actions.AnyAsync(a => a.Name == action.Name && a.Id != action.Id, ct))
        {
            throw ManagementError
                .Conflict($"An action with the name '{action.Name}' already exists.").AsException();
        }
    }
}
