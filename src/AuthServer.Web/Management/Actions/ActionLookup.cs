using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Actions;

/// <summary>Finds the Action that an operation names.</summary>
internal static class ActionLookup
{
    /// <exception cref="ManagementException">There is no such Action.</exception>
    public static async Task<ActionDefinition> FindActionAsync(
        this IQueryable<ActionDefinition> actions, string id, CancellationToken ct) =>
        Guid.TryParse(id, out var actionId)
            ? await actions.SingleOrDefaultAsync(a => a.Id == actionId, ct) ?? throw ActionService.Missing
            : throw ActionService.Missing;
}
