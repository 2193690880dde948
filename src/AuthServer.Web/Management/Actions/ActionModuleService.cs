using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Modules that Actions share: their drafts, and the Actions that load them.</summary>
internal sealed class ActionModuleService(
    AuthDbContext db, TenantWrites writes, ActionModulePublication publication, ISecretBox box, TimeProvider time)
{
    private const int MaxModules = 100;

    private static readonly string[] Content = ["code", "dependencies", "secrets"];

    public async Task<JsonObject> ListAsync(ActionPaging paging, CancellationToken ct)
    {
        var modules = db.ActionModules.AsNoTracking().OrderBy(m => m.CreatedAt).ThenBy(m => m.Id);
        return await paging.PageAsync("modules", modules, shown => WriteAsync(shown, ct), ct);
    }

    public async Task<JsonObject> CreateAsync(JsonBody body, CancellationToken ct)
    {
        body.Require("name", "code");
        var now = time.GetUtcNow();
        var module = new ActionModule
        {
            Id = Guid.CreateVersion7(now),
            Name = body.Text("name") ?? "",
            CreatedAt = now,
            UpdatedAt = now,
        };
        Apply(body, module, Change.Create, now);
        var isPublished = body.Flag("publish");
        if (isPublished)
            await publication.EnsureCompilesAsync(module.Code, ct);

        await using var write = await writes.BeginAsync(ct);
        if (await db.ActionModules.CountAsync(ct) >= MaxModules)
        {
            throw ManagementError
                .Forbidden($"A tenant may have {MaxModules} action modules.", "too_many_action_modules").AsException();
        }

        if (await db.ActionModules.AnyAsync(m => m.Name == module.Name, ct))
        {
            throw ManagementError
                .Conflict($"An action module with the name '{module.Name}' already exists.").AsException();
        }

        db.Add(module);
        if (isPublished)
            await publication.AddVersionAsync(module, now, ct);
        await write.SaveAsync(ct);
        return await WriteAsync(module, ct);
    }

    public async Task<JsonObject> GetAsync(string id, CancellationToken ct) =>
        await WriteAsync(await db.ActionModules.AsNoTracking().FindModuleAsync(id, ct), ct);

    public async Task<JsonObject> UpdateAsync(string id, JsonBody body, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var module = await db.ActionModules.FindModuleAsync(id, ct);
        body.EnsureCurrent(ActionModuleModel.Wire.Write(module));
        var now = time.GetUtcNow();
        Apply(body, module, Change.Update, now);
        module.UpdatedAt = now;
        if (Array.Exists(Content, body.Has))
            module.AllChangesPublished = false;
        await write.SaveAsync(ct);
        return await WriteAsync(module, ct);
    }

    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var module = await db.ActionModules.FindModuleAsync(id, ct);
        if ((await db.FindModuleUsesAsync(ct)).Exists(used => used.ModuleId == module.Id))
        {
            throw ManagementError.PreconditionFailed("Unable to delete an action module that actions use.")
                .AsException();
        }

        db.Remove(module);
        await write.SaveAsync(ct);
    }

    /// <summary>The Actions whose deployed version loads a module.</summary>
    public async Task<JsonObject> ListActionsAsync(string id, ActionPaging paging, CancellationToken ct)
    {
        var module = await db.ActionModules.AsNoTracking().FindModuleAsync(id, ct);
        var uses = (await db.FindDeployedUsesAsync(ct)).FindAll(use => use.Module.ModuleId == module.Id);
        return paging.PageOf("actions", uses, ActionModuleModel.Write);
    }

    /// <summary>The draft becomes what a version of the module is.</summary>
    public async Task<JsonObject> RollBackAsync(string id, JsonBody body, CancellationToken ct)
    {
        const string member = "module_version_id";
        body.Require(member);
        body.AllowOnly(member);
        await using var write = await writes.BeginAsync(ct);
        var module = await db.ActionModules.FindModuleAsync(id, ct);
        var version = await db.ActionModuleVersions.FindVersionAsync(module, body.Text(member), ct);
        if (module.IsSameAs(version))
            throw ManagementError.Conflict("The draft is the same as that version.").AsException();
        version.CopyTo(module);
        module.UpdatedAt = time.GetUtcNow();
        module.AllChangesPublished = version.Id == module.LatestVersionId;
        await write.SaveAsync(ct);
        return await WriteAsync(module, ct);
    }

    private async Task<JsonObject> WriteAsync(ActionModule module, CancellationToken ct) =>
        (await WriteAsync([module], ct)).Single();

    private async Task<IEnumerable<JsonObject>> WriteAsync(IReadOnlyList<ActionModule> shown, CancellationToken ct)
    {
        var ids = shown.Select(m => m.LatestVersionId).ToList();
        var versions = await db.ActionModuleVersions.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
        var uses = await db.FindDeployedUsesAsync(ct);
        return shown.Select(module => ActionModuleModel.Write(
            module,
            versions.Find(v => v.Id == module.LatestVersionId),
            uses.Count(use => use.Module.ModuleId == module.Id)));
    }

    private void Apply(JsonBody body, ActionModule module, Change change, DateTimeOffset now)
    {
        ActionModuleModel.Wire.Apply(body, module, change);
        ManagementException.ThrowIfInvalid(ActionSecretsBody.Read(body, module, box, now));
    }
}
