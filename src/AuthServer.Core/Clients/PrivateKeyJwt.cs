using AuthServer.Core.Authorizations;
using AuthServer.Core.Jose;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Clients;

/// <summary><c>private_key_jwt</c>: RFC 7523 §3, with the stricter audience of RFC 7523bis (CVE-2025-27370).</summary>
public sealed class PrivateKeyJwt(Tenant tenant, IReplayCache spent, ClientKeys keys) : IClientAuthentication
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int LongestJti = 128;

    /// <summary>An assertion that lives longer would have to be remembered longer (CVE-2025-2559).</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

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
        if (await keys.VerifyAsync(client, [], jws, request.Now, ct) is not { } claims)
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
        return await spent.TryAddAsync(artefact, expires, ct) ? null : "the assertion was used before";
    }

    private bool IsAudience(JwtClaims claims) =>
        claims.AudienceIs(tenant.Issuer.Value)
        || (tenant.Settings.Flag(TenantFlags.AllowTokenEndpointAsAssertionAudience)
            && (claims.AudienceContains(tenant.Issuer.At("/oauth/token")) || claims.AudienceContains(tenant.Issuer.Value)));
}
