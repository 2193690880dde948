using System.Text.Json;
using AuthServer.Core.Introspect;
using AuthServer.Core.Issuance;
using AuthServer.Core.Tenants;

namespace AuthServer.Web.Http;

/// <summary>The JSON of RFC 7662 §2.2; of an inactive token it says that alone.</summary>
internal static class IntrospectionResponse
{
    public static byte[] Write(Introspection introspection, Tenant tenant)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("active", introspection.Active);
            if (introspection.Active)
                WriteActive(json, introspection, tenant);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteActive(Utf8JsonWriter json, Introspection introspection, Tenant tenant)
    {
        json.WriteString("iss", tenant.Issuer.Value);
        json.WriteString("sub", introspection.Subject);
        json.WriteString("client_id", introspection.ClientId);
        if (introspection.OrganizationId is not null)
            json.WriteString("org_id", introspection.OrganizationId);
        if (introspection.Scopes.Count > 0)
            json.WriteString("scope", introspection.Scopes.ToString());
        if (introspection.TokenType is not null)
            json.WriteString("token_type", introspection.TokenType);
        AccessTokenClaims.WriteConfirmation(json, introspection.BoundTo);
        if (introspection.Audiences is [var only])
            json.WriteString("aud", only);
        else if (introspection.Audiences.Count > 1)
        {
            json.WriteStartArray("aud");
            foreach (var audience in introspection.Audiences)
                json.WriteStringValue(audience);
            json.WriteEndArray();
        }

        if (introspection.IssuedAt is { } issuedAt)
            json.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
        if (introspection.ExpiresAt is { } expiresAt)
            json.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
    }
}
