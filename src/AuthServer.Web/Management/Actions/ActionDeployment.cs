using AuthServer.Actions;
using AuthServer.Actions.Messages;
using AuthServer.Core.Actions;
using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Makes a deployed version of an Action, and compiles what is to be deployed.</summary>
internal sealed class ActionDeployment(AuthDbContext db, IActionRunner runner)
{
    private const int MaxVersions = 50;

    /// <exception cref="ManagementException">The code can't be compiled.</exception>
    public async Task EnsureCompilesAsync(CodeCheck check, CancellationToken ct)
    {
        try
        {
            var errors = await runner.CheckAsync(check, ct);
            if (errors.Count == 0)
                return;
            var reasons = errors.Select(error => $"{error.Message} (line {error.Line}, column {error.Column})");
            throw ManagementException.Invalid(string.Join("; ", reasons), "code");
        }
        catch (ActionKilledException killed)
        {
            throw ManagementException.Invalid($"The code was not compiled. {killed.Message}", "code");
        }
    }

    /// <exception cref="ManagementException">The code can't be compiled.</exception>
    public Task EnsureCompilesAsync(ActionDefinition action, CancellationToken ct)
    {
        var check = new CodeCheck(action.Code, [.. action.Modules.Select(module => module.Name)])
        {
            Handlers = ActionTriggers.Find(action.TriggerId)!.Handlers,
        };
        return EnsureCompilesAsync(check, ct);
    }

    /// <summary>Within a transaction: adds a version with the content, and makes it the one that runs.</summary>
    /// <exception cref="ManagementException">A module of it was deleted.</exception>
    public async Task<ActionVersion> AddVersionAsync(
        ActionDefinition action, IActionContent content, DateTimeOffset now, CancellationToken ct)
    {
        var modules = content.Modules.Select(module => module.VersionId).ToList();
        if (await db.ActionModuleVersions.CountAsync(v => modules.Contains(v.Id), ct) < modules.Count)
            throw ManagementError.Conflict("A module of this version was deleted.").AsException();
        var versions = await db.ActionVersions.Where(v => v.ActionId == action.Id)
            .OrderByDescending(v => v.Number).Select(v => new { v.Id, v.Number }).ToListAsync(ct);
        var version = new ActionVersion
        {
            Id = Guid.CreateVersion7(now),
            ActionId = action.Id,
            Number = (versions.FirstOrDefault()?.Number ?? 0) + 1,
            CreatedAt = now,
        };
        content.CopyTo(version);
        db.Add(version);
        action.DeployedVersionId = version.Id;
        action.AllChangesDeployed = action.IsSameAs(version);
        var old = versions.Skip(MaxVersions - 1).Select(v => v.Id).ToList();
        if (old.Count > 0)
            await db.ActionVersions.Where(v => old.Contains(v.Id)).ExecuteDeleteAsync(ct);
        return version;
    }

    /// <summary>After the commit: where the Action is bound, a process is ready before the first flow.</summary>
    public async Task WarmUpAsync(Guid actionId, CancellationToken ct)
    {
        if (await db.ActionBindings.AnyAsync(b => b.ActionId == actionId, ct))
            runner.WarmUp();
    }
}
