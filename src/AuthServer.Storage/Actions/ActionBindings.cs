using AuthServer.Core.Actions;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Actions;

internal sealed class ActionBindings(ConfigurationCache cache) : IActionBindings
{
    public async ValueTask<BoundActions> OfAsync(ActionTrigger trigger, CancellationToken ct) =>
        (await cache.ReadAsync<BoundActions>(trigger.Id, db => FindAsync(db, trigger.Id, ct)))!;

    private static async Task<BoundActions?> FindAsync(AuthDbContext db, string triggerId, CancellationToken ct)
    {
        var bound = await db.ActionBindings
            .Where(b => b.TriggerId == triggerId)
            .OrderBy(b => b.Position)
            .Join(db.Actions, b => b.ActionId, a => a.Id, (_, action) => action)
            .Join(
                db.ActionVersions,
                a => a.DeployedVersionId,
                v => v.Id,
                (a, v) => new
                {
                    Action = new BoundAction(a.Id, v.Id, a.Name, v.Code, v.SecretsSealed)
                    {
                        Dependencies = v.Dependencies,
                    },
                    v.Modules,
                })
            .ToListAsync(ct);
        var modules = await db.FindModuleVersionsAsync([.. bound.SelectMany(one => one.Modules)], ct);
        return new BoundActions(
            bound.ConvertAll(one => one.Action with { Modules = one.Modules.Bind(modules) }));
    }
}
