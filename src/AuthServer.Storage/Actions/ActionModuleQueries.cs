using AuthServer.Core.Actions;
using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Actions;

/// <summary>Finds the code of the modules that Actions load.</summary>
public static class ActionModuleQueries
{
    /// <summary>In the order of the references; one to a version that was deleted is left out.</summary>
    public static async Task<IReadOnlyList<BoundModule>> FindModulesAsync(
        this AuthDbContext db, IReadOnlyList<ActionModuleReference> references, CancellationToken ct) =>
        references.Bind(await db.FindModuleVersionsAsync(references, ct));

    internal static async Task<IReadOnlyList<ActionModuleVersion>> FindModuleVersionsAsync(
        this AuthDbContext db, IReadOnlyList<ActionModuleReference> references, CancellationToken ct)
    {
        if (references.Count == 0)
            return [];
        var ids = references.Select(reference => reference.VersionId).ToHashSet();
        return await db.ActionModuleVersions.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
    }

    internal static IReadOnlyList<BoundModule> Bind(
        this IReadOnlyList<ActionModuleReference> references, IReadOnlyList<ActionModuleVersion> versions) =>
    [
        .. references.Join(
            versions,
            reference => reference.VersionId,
            version => version.Id,
            (reference, version) => new BoundModule(reference.Name, version.Code, version.SecretsSealed)),
    ];
}
