namespace AuthServer.Storage;

/// <summary>Whether the store answers.</summary>
public sealed class StoreProbe(AuthDbContext db)
{
    public Task<bool> AnswersAsync(CancellationToken ct) => db.Database.CanConnectAsync(ct);
}
