using AuthServer.Core.Tenants;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>The documents that clients find everything else by: RFC 8414, OpenID Connect Discovery 1.0, RFC 7517.</summary>
internal static class DiscoveryEndpoints
{
    /// <summary>Short enough that a rotated key is seen well before it signs.</summary>
    private const string Caching = "public, max-age=300";

    extension(IEndpointRouteBuilder routes)
    {
        public void MapDiscovery()
        {
            routes.MapGet("/.well-known/openid-configuration", Metadata).RequireCors(ScriptCors.Public);
            routes.MapGet("/.well-known/oauth-authorization-server", Metadata).RequireCors(ScriptCors.Public);
            routes.MapGet("/.well-known/jwks.json", Keys).RequireCors(ScriptCors.Public);
        }
    }

    private static IResult Metadata(HttpResponse response, CurrentTenant tenant) => Document(response, tenant.Metadata);

    private static IResult Keys(HttpResponse response, Tenant tenant) => Document(response, tenant.Keys.Jwks);

    private static IResult Document(HttpResponse response, byte[] json)
    {
        response.Headers.CacheControl = Caching;
        return Results.Bytes(json, "application/json");
    }
}
