using AuthServer.Core.Jose;
using AuthServer.Core.Model;

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

    public static string Sign(Signer signer, string issuer, LogoutNotice notice, DateTimeOffset now) =>
        JwtWriter.Sign(
            signer, Type,
            json =>
            {
                json.WriteString("iss", issuer);
                json.WriteString("aud", notice.ClientId);
                json.WriteNumber("iat", now.ToUnixTimeSeconds());
                json.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
                json.WriteString("jti", notice.Id.ToString("N"));
                json.WriteString("sub", notice.UserId);
                json.WriteString("sid", notice.Sid);
                json.WriteStartObject("events");
                json.WriteStartObject(Event);
                json.WriteEndObject();
                json.WriteEndObject();
            });
}
