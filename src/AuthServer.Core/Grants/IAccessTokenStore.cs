namespace AuthServer.Core.Grants;

public interface IAccessTokenStore
{
    /// <summary>The token with its grant.</summary>
    Task<AccessToken?> FindAsync(TokenHash hash, CancellationToken ct);

    Task RevokeAsync(TokenHash hash, CancellationToken ct);
}
