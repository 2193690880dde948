using System.Collections.Frozen;
using System.Text.Json;
using AuthServer.Core.Clients;
using AuthServer.Core.Jose;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Requests;

/// <summary>
/// Request objects by value, RFC 9101 and OpenID Connect Core §6.1: the parameters of a request, signed by its client. Nothing in one is
/// believed before the signature is, its redirect URI least of all.
/// </summary>
public sealed class RequestObjects(Tenant tenant, ClientKeys keys)
{
    public static readonly FrozenSet<string> Algorithms = FrozenSet.Create(StringComparer.Ordinal, "ES256", "PS256", "RS256");

    /// <summary>How far ahead it may end, and how long ago it may have begun (FAPI 2.0 Message Signing §5.3.1).</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(60);

    private static readonly FrozenSet<string> OfTheJwt = FrozenSet.Create(StringComparer.Ordinal, "iss", "aud", "exp", "nbf", "iat", "jti", "sub");

    /// <summary>The parameters; all of them come from the object, and none from around it (RFC 9101 §6.3).</summary>
    public async Task<Result<RequestParameters>> ReadAsync(Client client, string compact, DateTimeOffset now, CancellationToken ct)
    {
        if (Jws.Read(compact) is not { } jws || !IsType(jws.Type))
            return Refused("it is not a signed JWT");
        if (!Algorithms.Contains(jws.Algorithm) || (client.RequestObjectAlgorithm is { } registered && registered != jws.Algorithm))
            return Refused("the signature algorithm is not allowed for this client");
        if (await keys.VerifyAsync(client, client.RequestObjectCredentials, jws, now, ct) is not { } claims)
            return Refused("no key of the client verifies it");
        if (claims.Text("iss") != client.ClientId)
            return Refused("iss is not the client");
        if (!claims.AudienceContains(tenant.Issuer.Value))
            return Refused("aud is not this issuer");
        if (TimeProblem(claims, MustEnd(client), now) is { } untimely)
            return Refused(untimely);
        if (claims.Has("request") || claims.Has("request_uri"))
            return Refused("it must not have request or request_uri");
        if (claims.Has("client_id") && claims.Text("client_id") != client.ClientId)
            return Refused("client_id differs from the request's");

        if (!Parameters(jws.Unverified).Succeeded(out var parameters, out var malformed))
            return Refused(malformed.Description);
        return parameters.With("client_id", client.ClientId);
    }

    /// <summary>RFC 9101 §4, and what was usual before it.</summary>
    private static bool IsType(string? type) => type is null || type.Equals("oauth-authz-req+jwt", StringComparison.OrdinalIgnoreCase) || type.Equals("JWT", StringComparison.OrdinalIgnoreCase);

    /// <summary>Who has to sign has to say until when, too.</summary>
    private bool MustEnd(Client client) => client.RequireSignedRequestObject || tenant.Settings.Flag(TenantFlags.RequireSignedRequestObject);

    private static string? TimeProblem(JwtClaims claims, bool mustEnd, DateTimeOffset now)
    {
        var (begins, ends) = (claims.Time("nbf"), claims.Time("exp"));
        if ((claims.Has("exp") && ends is null) || (claims.Has("nbf") && begins is null))
            return "exp and nbf must be whole seconds";
        if (mustEnd && (ends is null || begins is null))
            return "exp and nbf are required";
        if (ends <= now || ends > now + LongestLife)
            return "it is expired, or valid for more than an hour";
        return begins > now.AddSeconds(10) || begins < now - LongestLife || claims.Time("iat") > now.AddSeconds(10) ? "it is not valid yet, or began too long ago" : null;
    }

    /// <summary>Texts as they are; numbers, switches and objects (<c>claims</c>) as their JSON.</summary>
    private static Result<RequestParameters> Parameters(JsonElement claims) => RequestParameters.From(claims.EnumerateObject()
        .Where(claim => !OfTheJwt.Contains(claim.Name) && claim.Value.ValueKind != JsonValueKind.Null)
        .Select(claim => new KeyValuePair<string, string>(claim.Name, claim.Value.ValueKind == JsonValueKind.String ? claim.Value.GetString()! : claim.Value.GetRawText())));

    private static OAuthError Refused(string reason) => OAuthError.InvalidRequestObject($"Invalid request object: {reason}");
}
