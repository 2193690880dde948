using AuthServer.Core.Jose;

namespace AuthServer.Core.Clients;

/// <summary>Verifies what a client signed, by its registered keys alone: its credentials, its <c>jwks</c>, and what lies at its <c>jwks_uri</c>.</summary>
public sealed class ClientKeys(IClientDocuments documents)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    /// <summary>However many wrong signatures come, the client's server is asked no more often.</summary>
    private static readonly TimeSpan NotAgainWithin = TimeSpan.FromSeconds(10);

    /// <summary>The keys at <c>jwks_uri</c> are fetched anew when the kept ones don't fit: the client may have changed them.</summary>
    /// <param name="client">Whose it has to be.</param>
    /// <param name="only">The ids of the credentials that count; empty for every key of the client.</param>
    /// <param name="jws">What it signed.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Null when no key fits.</returns>
    public async Task<JwtClaims?> VerifyAsync(Client client, IReadOnlyList<string> only, UnverifiedJws jws, DateTimeOffset now, CancellationToken ct)
    {
        if (First(Candidates(client, only, jws, now), jws) is { } claims)
            return claims;
        if (client.JwksUri is not { } uri || only.Count > 0)
            return null;
        return await FromKeySetAsync(uri, KeptFor, jws, ct) ?? await FromKeySetAsync(uri, NotAgainWithin, jws, ct);
    }

    private async Task<JwtClaims?> FromKeySetAsync(string uri, TimeSpan mostAge, UnverifiedJws jws, CancellationToken ct) =>
        await documents.KeySetAsync(uri, mostAge, ct) is { } keys ? First(ClientKeySet.Candidates(keys, jws), jws) : null;

    private static JwtClaims? First(IEnumerable<VerificationKey?> keys, UnverifiedJws jws) => keys.Select(jws.Verify).FirstOrDefault(verified => verified is not null);

    /// <summary>Only keys that were registered, each with its own algorithm; the header may narrow the choice and nothing more.</summary>
    private static IEnumerable<VerificationKey?> Candidates(Client client, IReadOnlyList<string> only, UnverifiedJws jws, DateTimeOffset now) =>
        client.Credentials
            .Where(credential => only.Count == 0 || only.Contains(credential.Id, StringComparer.Ordinal))
            .Where(credential => credential.Algorithm == jws.Algorithm && (jws.Kid is null || credential.KeyId == jws.Kid))
            .Where(credential => credential.ExpiresAt is not { } end || now < end)
            .Select(credential => PublicJwk.Read(credential.Jwk, credential.Algorithm))
            .Concat(client.Jwks is { } keys && only.Count == 0 ? ClientKeySet.Candidates(keys, jws) : []);
}
