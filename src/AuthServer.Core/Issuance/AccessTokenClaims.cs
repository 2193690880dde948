using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Issuance;

/// <summary>The claims of access tokens, in Auth0's dialect and in that of RFC 9068.</summary>
public static class AccessTokenClaims
{
    private const string Rfc9068Type = "at+jwt";

    /// <summary>The header's <c>typ</c>, RFC 9068 §2.1.</summary>
    public static string TypeFor(ResourceServer api) => IsRfc9068(api) ? Rfc9068Type : "JWT";

    public static void WriteForUser(
        Utf8JsonWriter json, Tenant tenant, UserTokenDescriptor tokens, ResourceServer api, DateTimeOffset now)
    {
        var audience = tenant.Issuer.Absolute(api.Identifier);
        json.WriteString("iss", tenant.Issuer.Value);
        json.WriteString("sub", tokens.Authorization.Subject);
        if (tokens.Scopes.Contains("openid"))
        {
            json.WriteStartArray("aud");
            json.WriteStringValue(audience);
            json.WriteStringValue(tenant.Issuer.UserInfo);
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("aud", audience);
        }

        WriteCommon(json, tokens.Client, api, tokens.Scopes, tokens.GrantType, tokens.AccessTokenLifetime, now);
        WriteConfirmation(json, tokens.BoundTo);
        WritePermissions(json, api, tokens.Subject.Permissions ?? []);
        OrganizationClaims.Write(json, tokens.Subject.Organization, tenant);
        CustomClaims.Write(json, tokens.Customization.AccessTokenClaims, tokens.Scopes, requested: []);
    }

    public static void WriteForClient(
        Utf8JsonWriter json, Tenant tenant, ClientTokenDescriptor tokens, DateTimeOffset now)
    {
        var (client, api, scopes, organization, boundTo) = tokens;
        json.WriteString("iss", tenant.Issuer.Value);
        json.WriteString("sub", client.ClientId + "@clients");
        json.WriteString("aud", tenant.Issuer.Absolute(api.Identifier));
        WriteCommon(json, client, api, scopes, "client-credentials", tokens.AccessTokenLifetime, now);
        WriteConfirmation(json, boundTo);
        WritePermissions(json, api, scopes);
        OrganizationClaims.Write(json, organization, tenant);
        CustomClaims.Write(json, tokens.Customization.AccessTokenClaims, scopes, requested: []);
    }

    /// <summary>The key that the token is bound to, if it is: RFC 9449 §6.1, and §6.2 for an introspection.</summary>
    public static void WriteConfirmation(Utf8JsonWriter json, string? boundTo)
    {
        if (boundTo is null)
            return;
        json.WriteStartObject("cnf");
        json.WriteString("jkt", boundTo);
        json.WriteEndObject();
    }

    /// <summary>
    /// All permissions of the subject there, whatever the request asked for; a client gets those of its client grant.
    /// </summary>
    private static void WritePermissions(Utf8JsonWriter json, ResourceServer api, IEnumerable<string> permissions)
    {
        if (!api.EnforcePolicies
            || api.TokenDialect is not (TokenDialects.AccessTokenAuthz or TokenDialects.Rfc9068Authz))
            return;
        json.WriteStartArray("permissions");
        foreach (var permission in permissions)
            json.WriteStringValue(permission);
        json.WriteEndArray();
    }

    private static void WriteCommon(
        Utf8JsonWriter json,
        Client client,
        ResourceServer api,
        Scopes scopes,
        string? grantType,
        int lifetime,
        DateTimeOffset now)
    {
        json.WriteNumber("iat", now.ToUnixTimeSeconds());
        json.WriteNumber("exp", now.ToUnixTimeSeconds() + lifetime);
        if (scopes.Count > 0)
            json.WriteString("scope", scopes.ToString());
        if (IsRfc9068(api))
        {
            json.WriteString("client_id", client.ClientId);
            json.WriteString("jti", OpaqueToken.Alphanumeric(22));
            return;
        }

        if (grantType is not null)
            json.WriteString("gty", grantType);
        json.WriteString("azp", client.ClientId);
    }

    private static bool IsRfc9068(ResourceServer api) =>
        api.TokenDialect is TokenDialects.Rfc9068 or TokenDialects.Rfc9068Authz;
}
