namespace AuthServer.Core.Federation;

/// <summary>A request to a provider.</summary>
/// <param name="Uri">URL to send to, from an administrator or the provider's discovery document.</param>
public sealed record ProviderRequest(string Uri)
{
    /// <summary>Null for a GET.</summary>
    public IReadOnlyDictionary<string, string>? Form { get; init; }

    /// <summary>The <c>Authorization</c> header.</summary>
    public string? Authorization { get; init; }
}

public sealed record ProviderReply(int Status, string Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>
/// Calls providers: only over https, at public addresses, without redirects, within a few seconds
/// (docs/security.md#identity-providers-asvs-68).
/// </summary>
public interface IProviderHttp
{
    /// <returns>Null when it may not be asked, or does not answer.</returns>
    Task<ProviderReply?> SendAsync(ProviderRequest request, CancellationToken ct);

    /// <summary>
    /// A document that may have been fetched up to <paramref name="maxAge"/> ago; it is fetched at most once a minute.
    /// </summary>
    Task<string?> DocumentAsync(string uri, TimeSpan maxAge, CancellationToken ct);

    /// <summary>When this node last fetched a document, whether it succeeded or not; null for never.</summary>
    DateTimeOffset? FetchedAt(string uri);
}
