using AuthServer.Protocol;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>The documents of RFC 8414, OpenID Connect Discovery 1.0 and RFC 7517, which everybody's script may read.</summary>
internal static class DiscoveryEndpoints
{
    private static readonly string[] Paths = [ProtocolPaths.OpenIdConfiguration, ProtocolPaths.ServerMetadata, ProtocolPaths.JsonWebKeySet];

    extension(IEndpointRouteBuilder routes)
    {
        public void MapDiscovery()
        {
            foreach (var path in Paths)
                routes.MapGet(path, OpenIddictEndpoint.Unreachable).RequireCors(ScriptCors.Public).WithMetadata(RequestLogging.Quiet);
        }
    }
}
