using AuthServer.Core;
using AuthServer.Core.Dpop;
using AuthServer.Core.Authorizations;
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
        var text = value[scheme.Length..];
        var presented = new PresentedToken(new Secret(text), scheme == DpopHeaders.Scheme ? http.Request.ProofOrNone() : null);
        var tokens = http.RequestServices.GetRequiredService<AccessTokens>();
        var token = await tokens.ReadAsync(presented.Value, now, http.RequestAborted);
        if (token is not { IsMachine: true } || token.Api != Issuer.ManagementApi)
            return (null, Reason(text, tenant, now));

        var caller = new ManagementCaller(token.ClientId, token.Scopes);
        http.OfferNonce(tenant, now);
        if (await http.RequestServices.GetRequiredService<DpopProofs>().CheckAsync(presented, token.BoundTo, now, http.RequestAborted) is { } unproven)
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

    /// <summary>Why a token was refused, as far as its holder may know.</summary>
    private static string Reason(string token, Tenant tenant, DateTimeOffset now)
    {
        // An ID token or a logout token of ours is signed with the same key: typ and aud tell them apart (RFC 8725 §3.11).
        if (Jws.Read(token) is not { Type: "JWT" or "at+jwt" } jws || jws.Verify(tenant.Keys.Find(jws.Kid, jws.Algorithm)) is not { } claims)
            return "Invalid token";
        if (claims.Text("iss") != tenant.Issuer.Value)
            return "Bad issuer";
        if (!claims.AudienceContains(tenant.Issuer.Absolute(Issuer.ManagementApi)))
            return "Bad audience: " + string.Join(',', claims.Audiences());
        return claims.IsCurrent(now) ? "Invalid token" : "Expired token received for JSON Web Token validation";
    }
}
