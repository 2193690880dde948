using AuthServer.Core;
using AuthServer.Core.Dpop;
using AuthServer.Core.Jose;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Http;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management;

/// <summary>Who calls: a machine client with a token of its own for <c>/api/v2/</c>.</summary>
internal sealed record ManagementCaller(string ClientId, Scopes Scopes)
{
    private static readonly string[] Schemes = ["Bearer ", DpopHeaders.Scheme];

    /// <summary>The thumbprint of the key that its token is bound to; null for a bearer token.</summary>
    public string? BoundTo { get; private init; }

    public bool Has(string scope) => Scopes.Contains(scope);

    public static ValueTask<ManagementCaller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<ManagementCaller>());

    /// <summary>RFC 6750 §2.1 or RFC 9449 §7.1: a token in the body or the query is not even looked at.</summary>
    /// <returns>The caller, or why there is none.</returns>
    public static async Task<(ManagementCaller? Caller, string? Refusal)> AuthenticateAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0)
            return (null, "Missing authentication");
        if (header is not [{ } value] || Array.Find(Schemes, scheme => value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) is not { } scheme)
            return (null, "Bad HTTP authentication header format");

        var tenant = http.RequestServices.GetRequiredService<Tenant>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var token = value[scheme.Length..];
        var (caller, refusal) = Read(token, tenant, now);
        if (caller is null)
            return (null, refusal);

        http.OfferNonce(tenant, now);
        var presented = new PresentedToken(new Secret(token), scheme == DpopHeaders.Scheme ? http.Request.ProofOrNone() : null);
        if (await http.RequestServices.GetRequiredService<DpopProofs>().CheckAsync(presented, caller.BoundTo, now, http.RequestAborted) is { } unproven)
        {
            http.Response.Headers.WWWAuthenticate = DpopHeaders.Challenge(unproven);
            return (null, unproven.Description);
        }

        // A client that was deleted takes its tokens along.
        var db = http.RequestServices.GetRequiredService<AuthDbContext>();
        return await db.Clients.AnyAsync(c => c.ClientId == caller.ClientId, http.RequestAborted)
            ? (caller, null)
            : (null, "Client does not exist");
    }

    private static (ManagementCaller? Caller, string? Refusal) Read(string token, Tenant tenant, DateTimeOffset now)
    {
        // An ID token or a logout token of ours is signed with the same key: typ and aud tell them apart (RFC 8725 §3.11).
        if (Jws.Read(token) is not { Type: "JWT" or "at+jwt" } jws || jws.Verify(tenant.Keys.Find(jws.Kid, jws.Algorithm)) is not { } claims)
            return (null, "Invalid token");
        if (claims.Text("iss") != tenant.Issuer.Value)
            return (null, "Bad issuer");
        if (!claims.AudienceContains(tenant.Issuer.Absolute(Issuer.ManagementApi)))
            return (null, "Bad audience: " + string.Join(',', claims.Audiences()));
        if (!claims.IsCurrent(now))
            return (null, "Expired token received for JSON Web Token validation");

        var clientId = claims.Text("azp") ?? claims.Text("client_id");
        return clientId is not null && claims.Text("sub") == clientId + "@clients"
            ? (new ManagementCaller(clientId, Scopes.Stored(claims.Text("scope") ?? "")) { BoundTo = claims.BoundTo() }, null)
            : (null, "Invalid token");
    }
}
