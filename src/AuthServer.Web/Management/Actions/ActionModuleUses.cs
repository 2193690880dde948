using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Which Actions load which modules. A tenant has few Actions, so that all are read.</summary>
internal static class ActionModuleUses
{
    /// <summary>Every module that the deployed version of an Action loads.</summary>
    public static async Task<List<(ActionDefinition Action, ActionModuleReference Module)>> FindDeployedUsesAsync(
        this AuthDbContext db, CancellationToken ct)
    {
        var deployed = await db.Actions.AsNoTracking().OrderBy(a => a.CreatedAt).ThenBy(a => a.Id)
            .Join(db.ActionVersions, a => a.DeployedVersionId, v => v.Id, (action, v) => new { action, v.Modules })
            .ToListAsync(ct);
        return [.. deployed.SelectMany(one => one.Modules, (one, module) => (one.action, module))];
    }

    /// <summary>What the drafts and the deployed versions of Actions load.</summary>
    public static async Task<List<ActionModuleReference>> FindModuleUsesAsync(
        this AuthDbContext db, CancellationToken ct)
    {
        var drafts = await db.Actions.AsNoTracking().Select(a => a.Modules).ToListAsync(ct);
        var deployed = await db.FindDeployedUsesAsync(ct);
        return [.. drafts.SelectMany(modules => modules), .. deployed.Select(use => use.Module)];
    }
}
