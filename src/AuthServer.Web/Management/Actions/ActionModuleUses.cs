using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>A module that the deployed version of an Action loads.</summary>
internal sealed record ActionModuleUse(
    Guid ActionId, string ActionName, string TriggerId, ActionModuleReference Module);

/// <summary>Which Actions load which modules. A tenant has few Actions, so that those of all are read.</summary>
internal static class ActionModuleUses
{
    public static async Task<List<ActionModuleUse>> FindDeployedUsesAsync(this AuthDbContext db, CancellationToken ct)
    {
        var deployed = await db.Actions.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id)
            .Join(
                db.ActionVersions,
                a => a.DeployedVersionId,
                v => v.Id,
                (a, v) => new { a.Id, a.Name, a.TriggerId, v.Modules })
            .ToListAsync(ct);
        return
        [
            .. deployed.SelectMany(
                one => one.Modules, (one, module) => new ActionModuleUse(one.Id, one.Name, one.TriggerId, module)),
        ];
    }

    /// <summary>What the drafts and the deployed versions of Actions load.</summary>
    public static async Task<List<ActionModuleReference>> FindModuleUsesAsync(
        this AuthDbContext db, CancellationToken ct)
    {
        var drafts = await db.Actions.Select(a => a.Modules).ToListAsync(ct);
        var deployed = await db.FindDeployedUsesAsync(ct);
        return [.. drafts.SelectMany(modules => modules), .. deployed.Select(use => use.Module)];
    }
}
