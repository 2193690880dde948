namespace AuthServer.Core.Clients;

/// <summary>
/// What a client publishes at URLs that it wrote itself; fetched with suspicion
/// (docs/security.md#clients-that-register-themselves).
/// </summary>
public interface IClientDocuments
{
    /// <summary>Fetches now.</summary>
    /// <returns>Null when the URL is not allowed or gave nothing.</returns>
    Task<byte[]?> FetchAsync(string uri, CancellationToken ct);

    /// <summary>A key set, which may have been fetched up to <paramref name="maxAge"/> ago.</summary>
    Task<string?> KeySetAsync(string uri, TimeSpan maxAge, CancellationToken ct);
}
