using AuthServer.Core.Clients;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Protocol.Jwt;

/// <summary>
/// Verifies what a client signed, by its registered keys only: its credentials, its <c>jwks</c>, and the set at its
/// <c>jwks_uri</c>.
/// </summary>
internal sealed class ClientJwtVerifier(IClientDocuments documents)
{
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The set at <c>jwks_uri</c> is fetched again when the cached keys don't fit: the client may have rotated them.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="credentialIds">Credentials that count; empty for every key that authenticates the client.</param>
    /// <param name="jwt">JWT to verify.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Null when no key fits.</returns>
    public async Task<JwtPayload?> VerifyAsync(
        Client client, IReadOnlyList<string> credentialIds, UnverifiedJwt jwt, DateTimeOffset now, CancellationToken ct)
    {
        if (await JwtVerifier.VerifyAsync(jwt, [.. Registered(client, credentialIds, jwt, now)]) is { } verified)
            return verified;
        if (client.JwksUri is not { } uri || credentialIds.Count > 0)
            return null;
        return await VerifyAsync(uri, CacheLifetime, jwt, ct) ?? await VerifyAsync(uri, TimeSpan.Zero, jwt, ct);
    }

    private async Task<JwtPayload?> VerifyAsync(string uri, TimeSpan maxAge, UnverifiedJwt jwt, CancellationToken ct) =>
        await documents.FetchAsync(uri, maxAge, ct) is { } set
            ? await JwtVerifier.VerifyAsync(jwt, PublicKeys.OfSet(set, jwt))
            : null;

    /// <summary>Each with its own algorithm; the header may narrow the choice and nothing more.</summary>
    private static IEnumerable<SecurityKey> Registered(
        Client client, IReadOnlyList<string> credentialIds, UnverifiedJwt jwt, DateTimeOffset now) =>
        client.Credentials
            .Where(credential => credentialIds.Count == 0
                ? credential.Authenticates
                : credentialIds.Contains(credential.Id, StringComparer.Ordinal))
            .Where(credential => credential.Algorithm == jwt.Algorithm)
            .Where(credential => jwt.KeyId is null || credential.KeyId == jwt.KeyId)
            .Where(credential => credential.ExpiresAt is not { } end || now < end)
            .Select(credential => PublicKeys.Read(credential.Jwk, credential.Algorithm))
            .OfType<SecurityKey>()
            .Concat(client.Jwks is { } set && credentialIds.Count == 0 ? PublicKeys.OfSet(set, jwt) : []);
}
