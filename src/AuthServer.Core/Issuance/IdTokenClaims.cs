using System.Text.Json;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.Issuance;

/// <summary>The claims of ID tokens, OpenID Connect Core §2; the profile rides along as Auth0's does.</summary>
public static class IdTokenClaims
{
    public static void Write(
        Utf8JsonWriter json, Tenant tenant, UserTokenDescriptor tokens, IdTokenHashes hashes, DateTimeOffset now)
    {
        var (client, subject, authorization, scopes) = tokens;
        var (requested, custom) = (authorization.Claims?.IdToken ?? [], tokens.Customization.IdTokenClaims);
        UserClaims.Write(json, subject.User, scopes, requested, UpdatedAtFormat.Iso8601, custom.ContainsKey);
        CustomClaims.Write(json, custom, scopes, requested);
        json.WriteString("iss", tenant.Issuer.Value);
        json.WriteString("aud", client.ClientId);
        json.WriteString("sub", authorization.Subject);
        json.WriteNumber("iat", now.ToUnixTimeSeconds());
        json.WriteNumber("exp", now.ToUnixTimeSeconds() + client.IdTokenLifetime);
        if (authorization.AuthTimeWanted)
            json.WriteNumber("auth_time", authorization.AuthenticatedAt.ToUnixTimeSeconds());
        if (authorization.SessionId.Length > 0)
            json.WriteString("sid", authorization.SessionId);
        OrganizationClaims.Write(json, subject.Organization, tenant);
        if (tokens.Nonce is not null)
            json.WriteString("nonce", tokens.Nonce);
        if (hashes.AccessToken is not null)
            json.WriteString("at_hash", hashes.AccessToken);
        if (hashes.Code is not null)
            json.WriteString("c_hash", hashes.Code);
    }
}
