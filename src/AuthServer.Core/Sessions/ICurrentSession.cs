namespace AuthServer.Core.Sessions;

/// <summary>The single sign-on session of the browser that sent the request.</summary>
public interface ICurrentSession
{
    /// <returns>Null when no user is signed in.</returns>
    Task<SignedIn?> FindAsync(CancellationToken ct);
}
