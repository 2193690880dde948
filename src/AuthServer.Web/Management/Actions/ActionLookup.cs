using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Finds the Action or the module that an operation names.</summary>
internal static class ActionLookup
{
    /// <exception cref="ManagementException">There is no such Action.</exception>
    public static async Task<ActionDefinition> FindActionAsync(
        this IQueryable<ActionDefinition> actions, string id, CancellationToken ct) =>
        Guid.TryParse(id, out var actionId)
            ? await actions.SingleOrDefaultAsync(a => a.Id == actionId, ct) ?? throw ActionService.Missing
            : throw ActionService.Missing;

    /// <exception cref="ManagementException">There is no such module.</exception>
    public static async Task<ActionModule> FindModuleAsync(
        this IQueryable<ActionModule> modules, string id, CancellationToken ct)
    {
        var moduleId = Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty;
        return await modules.SingleOrDefaultAsync(m => m.Id == moduleId, ct)
            ?? throw ManagementError.NotFound("That action module does not exist.").AsException();
    }

    /// <exception cref="ManagementException">The module has no such version.</exception>
    public static async Task<ActionModuleVersion> FindVersionAsync(
        this IQueryable<ActionModuleVersion> versions, ActionModule module, string? id, CancellationToken ct)
    {
        var versionId = Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty;
        return await versions.AsNoTracking()
            .SingleOrDefaultAsync(v => v.Id == versionId && v.ModuleId == module.Id, ct)
            ?? throw ManagementError.NotFound("That action module version does not exist.").AsException();
    }
}
