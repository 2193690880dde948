using AuthServer.Core.Model;

namespace AuthServer.Core.Sessions;

public interface ISessionStore
{
    /// <summary>The session of a cookie with its user, whatever has become of them.</summary>
    Task<SignedIn?> FindAsync(TokenHash hash, CancellationToken ct);

    /// <param name="id">Its <c>sid</c>.</param>
    /// <param name="ct">Ends the wait for the store.</param>
    Task<Session?> FindAsync(string id, CancellationToken ct);

    /// <summary>
    /// Stores a session, and ends the one that it replaces in the same browser (ASVS 7.2.4). The same user takes the
    /// clients along; the clients of another user learn that their session ended.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="replacedId">The browser's session until now; null without one.</param>
    /// <param name="password">Password by which it starts; null for a login at an identity provider.</param>
    /// <param name="ct">Ends the wait for the store.</param>
    /// <returns>False when another password was set meanwhile; nothing is stored then.</returns>
    Task<bool> TryStartAsync(Session session, string? replacedId, PasswordVersion? password, CancellationToken ct);

    /// <summary>The live sessions of a user, the latest first.</summary>
    Task<IReadOnlyList<Session>> ListAsync(string userId, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Clients that took part in a session and want to be notified in a frame of the browser, each with its <c>sid</c>.
    /// </summary>
    Task<IReadOnlyList<(string Uri, string Sid)>> FrontchannelAsync(string id, CancellationToken ct);

    /// <summary>
    /// Each <c>sid</c> of a session that a client has received; none when the client took no part in it.
    /// </summary>
    Task<IReadOnlyList<string>> FindSidsAsync(string id, string clientId, CancellationToken ct);

    /// <summary>The clients that took part in a session.</summary>
    Task<IReadOnlyList<string>> ClientIdsAsync(string id, CancellationToken ct);

    Task TouchAsync(string id, DateTimeOffset lastSeenAt, DateTimeOffset idleExpiresAt, CancellationToken ct);

    /// <summary>Ends a session of a user: its cookie becomes invalid, and its clients are notified.</summary>
    /// <returns>False when the user has no such session.</returns>
    Task<bool> TryEndAsync(string userId, string id, DateTimeOffset now, CancellationToken ct);

    /// <summary>Ends every session of a user but one.</summary>
    Task EndOthersAsync(string userId, string keptId, DateTimeOffset now, CancellationToken ct);
}
