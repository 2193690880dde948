using System.Text.Json;
using AuthServer.Core.Jwt;

namespace AuthServer.Core.Federation;

/// <summary>Documents of a provider, as this server has them now.</summary>
/// <param name="Metadata">Null when the discovery document can't be had, or is not the provider's own.</param>
public sealed record ProviderStatus(ProviderMetadata? Metadata)
{
    /// <summary>Null for a provider whose options have all its endpoints.</summary>
    public string? DiscoveryUrl { get; init; }

    public bool IsDiscoveryFetched { get; init; }

    public DateTimeOffset? DiscoveryFetchedAt { get; init; }

    public bool AreKeysFetched { get; init; }

    public DateTimeOffset? KeysFetchedAt { get; init; }

    public IReadOnlyList<ProviderKey> Keys { get; init; } = [];
}

/// <summary>A public key of a provider (RFC 7517 §4).</summary>
/// <param name="Id">Its <c>kid</c>.</param>
/// <param name="Type">Its <c>kty</c>.</param>
/// <param name="Algorithm">Its <c>alg</c>.</param>
/// <param name="Use">Its <c>use</c>.</param>
public sealed record ProviderKey(string? Id, string? Type, string? Algorithm, string? Use)
{
    /// <summary>None when the set is malformed.</summary>
    public static IReadOnlyList<ProviderKey> OfSet(string json) =>
        [.. (PublicKeys.ParseSet(json) ?? []).Select(Of)];

    private static ProviderKey Of(JsonElement key) => new(
        JsonText.Of(key, "kid"), JsonText.Of(key, "kty"), JsonText.Of(key, "alg"), JsonText.Of(key, "use"));
}
