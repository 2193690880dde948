using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Deploys Actions. Each deployment makes a version.</summary>
internal sealed class ActionVersionService(
    AuthDbContext db, TenantWrites writes, ActionDeployment deployment, TimeProvider time)
{
    private static ManagementException Missing =>
        ManagementError.NotFound("That action version does not exist.").AsException();

    /// <summary>The code is compiled outside of the transaction, for which other writers would wait.</summary>
    public async Task<JsonObject> DeployAsync(string id, CancellationToken ct)
    {
        var draft = await db.Actions.AsNoTracking().FindActionAsync(id, ct);
        await deployment.EnsureCompilesAsync(draft, ct);

        await using var write = await writes.BeginAsync(ct);
        var action = await db.Actions.FindActionAsync(id, ct);
        if (action.Code != draft.Code || !action.Modules.SequenceEqual(draft.Modules))
        {
            throw ManagementError
                .Conflict("The action was changed while it was deployed. Deploy it again.").AsException();
        }

        var version = await deployment.AddVersionAsync(action, action, time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        await deployment.WarmUpAsync(action.Id, ct);
        return ActionModel.Write(version, action);
    }

    public async Task<JsonObject> ListAsync(string actionId, ActionPaging paging, CancellationToken ct)
    {
        var action = await db.Actions.FindActionAsync(actionId, ct);
        var versions = db.ActionVersions.AsNoTracking()
            .Where(v => v.ActionId == action.Id).OrderByDescending(v => v.Number);
        return await paging.PageAsync(
            "versions",
            versions,
            shown => Task.FromResult(shown.Select(version => ActionModel.Write(version, action))),
            ct);
    }

    public async Task<JsonObject> GetAsync(string actionId, string id, CancellationToken ct)
    {
        var action = await db.Actions.FindActionAsync(actionId, ct);
        return ActionModel.Write(await FindAsync(action, id, ct), action);
    }

    /// <summary>An earlier version becomes a new one, and with <c>update_draft</c> the draft too.</summary>
    public async Task<JsonObject> DeployAgainAsync(string actionId, string id, JsonBody body, CancellationToken ct)
    {
        body.AllowOnly("update_draft");
        var updatesDraft = body.Flag("update_draft");
        await using var write = await writes.BeginAsync(ct);
        var action = await db.Actions.FindActionAsync(actionId, ct);
        var version = await FindAsync(action, id, ct);
        var now = time.GetUtcNow();
        if (updatesDraft)
        {
            version.CopyTo(action);
            action.UpdatedAt = now;
        }

        var deployed = await deployment.AddVersionAsync(action, version, now, ct);
        await write.SaveAsync(ct);
        await deployment.WarmUpAsync(action.Id, ct);
        return ActionModel.Write(deployed, action);
    }

    private async Task<ActionVersion> FindAsync(ActionDefinition action, string id, CancellationToken ct) =>
        Guid.TryParse(id, out var versionId)
            ? await db.ActionVersions.AsNoTracking()
                .SingleOrDefaultAsync(v => v.Id == versionId && v.ActionId == action.Id, ct) ?? throw Missing
            : throw Missing;
}
