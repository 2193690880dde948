using AuthServer.Core.Actions;
using AuthServer.Core.Model;

namespace AuthServer.Storage.Actions;

internal sealed class ActionExecutionStore(AuthDbContext db, WriteSerializer writes) : IActionExecutionStore
{
    public async Task AddAsync(ActionExecution execution, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        db.Add(execution);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
