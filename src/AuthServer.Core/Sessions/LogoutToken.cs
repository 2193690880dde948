using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.Sessions;

/// <summary>
/// OpenID Connect Back-Channel Logout 1.0 §2.4: <c>sub</c> and <c>sid</c>, never a <c>nonce</c> (ASVS 10.5.5).
/// </summary>
public static class LogoutToken
{
    /// <summary>Explicit, so that no other token passes for one (RFC 8725 §3.11).</summary>
    private const string Type = "logout+jwt";
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// <c>sub</c> is by the client's settings of now, not of the login; it is left out for a client that no longer
    /// exists, whose subjects may have been pairwise.
    /// </summary>
    public static string Sign(Tenant tenant, LogoutNotice notice, Client? client, DateTimeOffset now) =>
        JwtWriter.Sign(
            tenant.Keys.Current(Algorithms.Rs256), Type,
            json =>
            {
                json.WriteString("iss", tenant.Issuer.Value);
                json.WriteString("aud", notice.ClientId);
                json.WriteNumber("iat", now.ToUnixTimeSeconds());
                json.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
                json.WriteString("jti", notice.Id.ToString("N"));
                if (client is not null)
                    json.WriteString("sub", SubjectIdentifier.Of(client, notice.UserId, tenant));
                json.WriteString("sid", notice.Sid);
                json.WriteStartObject("events");
                json.WriteStartObject(Event);
                json.WriteEndObject();
                json.WriteEndObject();
            });
}
