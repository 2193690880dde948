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
            routes.MapDocument("/.well-known/openid-configuration", tenant => tenant.Metadata);
            routes.MapDocument("/.well-known/oauth-authorization-server", tenant => tenant.Metadata);
            routes.MapDocument("/.well-known/jwks.json", tenant => tenant.Tenant.Keys.Jwks);
        }

        private void MapDocument(string path, Func<CurrentTenant, byte[]> document) => routes.MapGet(path, http =>
        {
            http.Response.Headers.CacheControl = Caching;
            return JsonBytes.WriteAsync(http.Response, document(http.RequestServices.GetRequiredService<CurrentTenant>()));
        }).RequireCors(ScriptCors.Public).WithMetadata(RequestLogging.Quiet);
    }
}
