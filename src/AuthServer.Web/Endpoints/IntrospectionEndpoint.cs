using System.Text.Json;
using AuthServer.Core.Clients;
using AuthServer.Core.Introspect;
using AuthServer.Core.Tenants;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>POST /oauth/introspect</c>, RFC 7662.</summary>
internal static class IntrospectionEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapIntrospection() => routes.MapPost("/oauth/introspect", HandleAsync).DisableAntiforgery();
    }

    private static async Task<IResult> HandleAsync(HttpRequest http, IntrospectionHandler handler, Tenant tenant, TimeProvider time, CancellationToken ct)
    {
        var read = await http.ReadOAuthBodyAsync(ct);
        if (!read.Succeeded(out var parameters, out var malformed))
            return malformed.ToHttp();

        var answer = await handler.HandleAsync(new ClientRequest(parameters, http.AuthorizationHeader(), time.GetUtcNow()), ct);
        return answer.ToHttp(introspection => Results.Bytes(Write(introspection, tenant), "application/json"));
    }

    private static byte[] Write(Introspection introspection, Tenant tenant)
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
        if (introspection.Scopes.Count > 0)
            json.WriteString("scope", introspection.Scopes.ToString());
        if (introspection.TokenType is not null)
            json.WriteString("token_type", introspection.TokenType);
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
