using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Protocol.Jwt;

/// <summary>
/// Reads request objects by value, RFC 9101 and OpenID Connect Core §6.1: the parameters of a request, signed by its
/// client. Nothing in one is believed before the signature is, its redirect URI least of all.
/// </summary>
internal sealed class RequestObjectReader(Tenant tenant, ClientJwtVerifier keys)
{
    /// <summary>
    /// How far ahead it may end, and how long ago it may have begun (FAPI 2.0 Message Signing §5.3.1).
    /// </summary>
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(60);

    private static readonly string[] JwtClaims = ["iss", "aud", "exp", "nbf", "iat", "jti", "sub"];

    /// <summary>The parameters; all of them come from the object, and none from around it (RFC 9101 §6.3).</summary>
    public async Task<Result<RequestParameters>> ReadAsync(
        Client client, string compact, DateTimeOffset now, CancellationToken ct)
    {
        if (UnverifiedJwt.Parse(compact) is not { } jwt || !IsType(jwt.Type))
            return Refused("it is not a signed JWT");
        var isRegistered = (client.RequestObjectAlgorithm ?? jwt.Algorithm) == jwt.Algorithm;
        if (!isRegistered || !Algorithms.IsAccepted(jwt.Algorithm))
            return Refused("the signature algorithm is not allowed for this client");
        if (await keys.VerifyAsync(client, client.RequestObjectCredentials, jwt, now, ct) is not { } claims)
            return Refused("no key of the client verifies it");
        if (ValidateClaims(client, claims, now) is { } invalid)
            return Refused(invalid);
        return Parameters(claims.Root).Succeeded(out var parameters, out var malformed)
            ? parameters.With("client_id", client.ClientId)
            : Refused(malformed.Description);
    }

    /// <returns>Description of the error; null when the object is valid.</returns>
    private string? ValidateClaims(Client client, JwtPayload claims, DateTimeOffset now)
    {
        if (claims.Text("iss") != client.ClientId)
            return "iss is not the client";
        if (!claims.AudienceContains(tenant.Issuer.Value))
            return "aud is not this issuer";
        if (ValidateTimes(claims, MustExpire(client), now) is { } untimely)
            return untimely;
        if (claims.Has("request") || claims.Has("request_uri"))
            return "it must not have request or request_uri";
        return claims.Has("client_id") && claims.Text("client_id") != client.ClientId
            ? "client_id differs from the request's"
            : null;
    }

    /// <summary>RFC 9101 §4, and what was usual before it.</summary>
    private static bool IsType(string? type) =>
        type is null
        || type.Equals("oauth-authz-req+jwt", StringComparison.OrdinalIgnoreCase)
        || type.Equals("JWT", StringComparison.OrdinalIgnoreCase);

    /// <summary>Clients that must sign request objects must also set exp and nbf.</summary>
    private bool MustExpire(Client client) =>
        client.RequireSignedRequestObject || tenant.Settings.Flag(TenantFlags.RequireSignedRequestObject);

    private static string? ValidateTimes(JwtPayload claims, bool mustExpire, DateTimeOffset now)
    {
        var (begins, ends) = (claims.Time("nbf"), claims.Time("exp"));
        if ((claims.Has("exp") && ends is null) || (claims.Has("nbf") && begins is null))
            return "exp and nbf must be whole seconds";
        if (mustExpire && (ends is null || begins is null))
            return "exp and nbf are required";
        if (ends <= now || ends > now + MaxLifetime)
            return "it is expired, or valid for more than an hour";
        return begins > now.AddSeconds(10) || begins < now - MaxLifetime || claims.Time("iat") > now.AddSeconds(10)
            ? "it is not valid yet, or began too long ago"
            : null;
    }

    /// <summary>Texts as they are; numbers, booleans and objects (<c>claims</c>) as their JSON.</summary>
    private static Result<RequestParameters> Parameters(JsonElement claims) => RequestParameters.From(
        claims.EnumerateObject()
            .Where(claim => claim.Value.ValueKind != JsonValueKind.Null)
            .Where(claim => !JwtClaims.Contains(claim.Name, StringComparer.Ordinal))
            .Select(claim => new KeyValuePair<string, string>(claim.Name, TextOf(claim.Value))));

    private static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static OAuthError Refused(string reason) =>
        OAuthError.InvalidRequestObject($"Invalid request object: {reason}");
}
