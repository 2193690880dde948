using AuthServer.Core.Actions;
using AuthServer.Core.Model;

namespace AuthServer.Storage.Actions;

internal sealed class ActionExecutionStore(Lazy<AuthDbContext> context, WriteSerializer writes) : IActionExecutionStore
{
    public async Task AddAsync(ActionExecution execution, CancellationToken ct)
    {
        var db = context.Value;
        await using var write = await writes.BeginAsync(db, ct);
        db.Add(execution);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
