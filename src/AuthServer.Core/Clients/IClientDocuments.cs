namespace AuthServer.Core.Clients;

/// <summary>
/// Fetches what clients publish: only over https, from public addresses, without redirects
/// (docs/security.md#clients-that-register-themselves).
/// </summary>
public interface IClientDocuments
{
    /// <param name="uri">The URL; fetched at most once a minute.</param>
    /// <param name="maxAge">How long ago it may have been fetched; a minute when it says less.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Null when the URL is not allowed or gave nothing.</returns>
    Task<string?> FetchAsync(string uri, TimeSpan maxAge, CancellationToken ct);
}
