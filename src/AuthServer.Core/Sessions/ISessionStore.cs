namespace AuthServer.Core.Sessions;

public interface ISessionStore
{
    Task<Session?> FindAsync(TokenHash hash, CancellationToken ct);

    /// <summary>Stores a session, and ends the one that it replaces in the same browser (ASVS 7.2.4).</summary>
    Task StartAsync(Session session, string? replacedId, CancellationToken ct);

    Task TouchAsync(string id, DateTimeOffset lastSeenAt, DateTimeOffset idleExpiresAt, CancellationToken ct);

    /// <summary>Ends a session for good; its cookie is worth nothing afterwards.</summary>
    Task EndAsync(string id, CancellationToken ct);
}
