using System.Text.Json.Nodes;
using AuthServer.Actions.Messages;
using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Publishes modules. Each publication makes a version, which is never changed.</summary>
internal sealed class ActionModulePublication(
    AuthDbContext db, TenantWrites writes, ActionDeployment deployment, TimeProvider time)
{
    private const int MaxVersions = 50;

    /// <summary>The code is compiled outside of the transaction, for which other writers would wait.</summary>
    public async Task<JsonObject> PublishAsync(string id, CancellationToken ct)
    {
        var draft = await db.ActionModules.AsNoTracking().FindModuleAsync(id, ct);
        await EnsureCompilesAsync(draft.Code, ct);

        await using var write = await writes.BeginAsync(ct);
        var module = await db.ActionModules.FindModuleAsync(id, ct);
        if (module.Code != draft.Code)
        {
            throw ManagementError
                .Conflict("The action module was changed while it was published. Publish it again.").AsException();
        }

        if (module.AllChangesPublished)
            throw ManagementError.Conflict("The action module has no changes to publish.").AsException();
        var version = await AddVersionAsync(module, time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return ActionModuleModel.Write(version);
    }

    public async Task<JsonObject> ListAsync(string moduleId, ActionPaging paging, CancellationToken ct)
    {
        var module = await db.ActionModules.AsNoTracking().FindModuleAsync(moduleId, ct);
        var versions = db.ActionModuleVersions.AsNoTracking()
            .Where(v => v.ModuleId == module.Id).OrderByDescending(v => v.Number);
        return await paging.PageAsync(
            "versions", versions, shown => Task.FromResult(shown.Select(ActionModuleModel.Write)), ct);
    }

    public async Task<JsonObject> GetAsync(string moduleId, string id, CancellationToken ct)
    {
        var module = await db.ActionModules.AsNoTracking().FindModuleAsync(moduleId, ct);
        return ActionModuleModel.Write(await db.ActionModuleVersions.FindVersionAsync(module, id, ct));
    }

    /// <summary>A module loads none of the administrator's modules.</summary>
    /// <exception cref="ManagementException">The code can't be compiled.</exception>
    public Task EnsureCompilesAsync(string code, CancellationToken ct) =>
        deployment.EnsureCompilesAsync(new CodeCheck(code, Modules: []) { IsModule = true }, ct);

    /// <summary>Within a transaction.</summary>
    /// <exception cref="ManagementException">There are too many that Actions load.</exception>
    public async Task<ActionModuleVersion> AddVersionAsync(
        ActionModule module, DateTimeOffset now, CancellationToken ct)
    {
        var versions = await db.ActionModuleVersions.Where(v => v.ModuleId == module.Id)
            .OrderBy(v => v.Number).Select(v => new { v.Id, v.Number }).ToListAsync(ct);
        if (versions.Count >= MaxVersions)
            await DeleteOldestAsync([.. versions.Select(v => v.Id)], ct);
        var version = new ActionModuleVersion
        {
            Id = Guid.CreateVersion7(now),
            ModuleId = module.Id,
            Number = (versions.LastOrDefault()?.Number ?? 0) + 1,
            CreatedAt = now,
        };
        module.CopyTo(version);
        db.Add(version);
        module.LatestVersionId = version.Id;
        module.AllChangesPublished = true;
        return version;
    }

    /// <summary>Of the versions that no Action loads.</summary>
    private async Task DeleteOldestAsync(List<Guid> versions, CancellationToken ct)
    {
        var used = (await db.FindModuleUsesAsync(ct)).ConvertAll(module => module.VersionId);
        var oldest = versions.Find(version => !used.Contains(version));
        if (oldest == Guid.Empty)
        {
            throw ManagementError.PreconditionFailed($"Actions use {MaxVersions} versions of this action module.")
                .AsException();
        }

        await db.ActionModuleVersions.Where(v => v.Id == oldest).ExecuteDeleteAsync(ct);
    }
}
