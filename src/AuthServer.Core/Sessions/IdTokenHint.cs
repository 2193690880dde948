using AuthServer.Core.Jose;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Sessions;

/// <summary>An ID token that comes back as a hint (OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2): ours, and possibly expired.</summary>
public sealed record IdTokenHint(string Subject, string ClientId, string? SessionId)
{
    /// <returns>Null for anything that is not an ID token which this issuer signed with a key that it still publishes.</returns>
    public static IdTokenHint? Read(string token, Tenant tenant)
    {
        if (Jws.Read(token) is not { Type: "JWT" } jws || jws.Verify(tenant.Keys.Find(jws.Kid, jws.Algorithm)) is not { } claims)
            return null;
        if (claims.Text("iss") != tenant.Issuer.Value || claims.Text("sub") is not { } subject || claims.Text("aud") is not { } clientId)
            return null;

        // An access token is signed by the same key: its audience may be one string too, but it has a scope or an azp.
        return claims.Has("azp") || claims.Has("scope") || claims.Has("gty") ? null : new IdTokenHint(subject, clientId, claims.Text("sid"));
    }
}
