using AuthServer.Core.Grants;
using AuthServer.Core.Jose;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Clients;

/// <summary><c>private_key_jwt</c>: RFC 7523 §3, with the stricter audience of RFC 7523bis (CVE-2025-27370).</summary>
public sealed class PrivateKeyJwt(Tenant tenant, ISpentArtefacts spent, IClientDocuments documents) : IClientAuthentication
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int LongestJti = 128;

    /// <summary>An assertion that lives longer would have to be remembered longer (CVE-2025-2559).</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    /// <summary>However many wrong assertions come, the client's server is asked no more often.</summary>
    private static readonly TimeSpan NotAgainWithin = TimeSpan.FromSeconds(10);

    public ClaimedClient? Read(ClientRequest request)
    {
        if (!request.Parameters.TryGet("client_assertion", out var assertion))
            return null;
        return Jws.Read(assertion) is { } jws && new JwtClaims(jws.Unverified).Text("sub") is { } subject ? new ClaimedClient(subject) : new ClaimedClient();
    }

    public async Task<string?> VerifyAsync(Client client, ClientRequest request, CancellationToken ct)
    {
        if (client.TokenEndpointAuthMethod != TokenEndpointAuthMethods.PrivateKeyJwt)
            return "the client is not registered for private_key_jwt";
        if (request.Parameters["client_assertion_type"] != AssertionType)
            return "wrong client_assertion_type";

        var jws = Jws.Read(request.Parameters["client_assertion"]!)!;
        if (await VerifyAsync(client, jws, request.Now, ct) is not { } claims)
            return "no key of the client verifies the assertion";
        if (claims.Text("iss") != client.ClientId || claims.Text("sub") != client.ClientId)
            return "iss or sub is not the client";
        if (!IsAudience(claims))
            return "the audience is not this issuer";
        if (!claims.IsCurrent(request.Now) || claims.Time("exp") is not { } expires || expires > request.Now + LongestLife)
            return "expired, not yet valid, or valid for too long";
        if (claims.Text("jti") is not { Length: > 0 and <= LongestJti } jti)
            return "no usable jti";

        var artefact = new Secret($"client-assertion {client.ClientId} {jti}").Hash();
        return await spent.TrySpendAsync(artefact, expires, ct) ? null : "the assertion was used before";
    }

    /// <summary>The keys at <c>jwks_uri</c> are fetched anew when the kept ones don't fit: the client may have changed them.</summary>
    private async Task<JwtClaims?> VerifyAsync(Client client, UnverifiedJws jws, DateTimeOffset now, CancellationToken ct)
    {
        if (First(Candidates(client, jws, now), jws) is { } claims)
            return claims;
        if (client.JwksUri is not { } uri)
            return null;
        return await FromKeySetAsync(uri, KeptFor, jws, ct) ?? await FromKeySetAsync(uri, NotAgainWithin, jws, ct);
    }

    private async Task<JwtClaims?> FromKeySetAsync(string uri, TimeSpan mostAge, UnverifiedJws jws, CancellationToken ct) =>
        await documents.KeySetAsync(uri, mostAge, ct) is { } keys ? First(ClientKeySet.Candidates(keys, jws), jws) : null;

    private static JwtClaims? First(IEnumerable<VerificationKey?> keys, UnverifiedJws jws) => keys.Select(jws.Verify).FirstOrDefault(verified => verified is not null);

    /// <summary>Only keys that were registered, each with its own algorithm; the header may narrow the choice and nothing more.</summary>
    private static IEnumerable<VerificationKey?> Candidates(Client client, UnverifiedJws jws, DateTimeOffset now) =>
        client.Credentials
            .Where(credential => credential.Algorithm == jws.Algorithm && (jws.Kid is null || credential.KeyId == jws.Kid))
            .Where(credential => credential.ExpiresAt is not { } end || now < end)
            .Select(credential => PublicJwk.Read(credential.Jwk, credential.Algorithm))
            .Concat(client.Jwks is { } keys ? ClientKeySet.Candidates(keys, jws) : []);

    private bool IsAudience(JwtClaims claims) =>
        claims.AudienceIs(tenant.Issuer.Value)
        || (tenant.Settings.Flag(TenantFlags.AllowTokenEndpointAsAssertionAudience)
            && (claims.AudienceContains(tenant.Issuer.At("/oauth/token")) || claims.AudienceContains(tenant.Issuer.Value)));
}
