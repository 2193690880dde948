using AuthServer.Protocol;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// Routes of the endpoints that OpenIddict answers before routing's turn: they give each its CORS policy, and 405 for
/// other methods.
/// </summary>
internal static class OpenIddictRoutes
{
    private static readonly (string Path, string? Cors)[] Table =
    [
        (ProtocolPaths.Authorize, null),
        (ProtocolPaths.Resume, null),
        (ProtocolPaths.Continue, null),
        (ProtocolPaths.PushedAuthorization, ClientCorsPolicyProvider.Policy),
        (ProtocolPaths.Token, ClientCorsPolicyProvider.Policy),
        (ProtocolPaths.Revocation, ClientCorsPolicyProvider.Policy),
        (ProtocolPaths.Introspection, null),
        (ProtocolPaths.UserInfo, ClientCorsPolicyProvider.Policy),
        (ProtocolPaths.OpenIdConfiguration, ClientCorsPolicyProvider.Public),
        (ProtocolPaths.ServerMetadata, ClientCorsPolicyProvider.Public),
        (ProtocolPaths.JsonWebKeySet, ClientCorsPolicyProvider.Public),
    ];

    extension(IEndpointRouteBuilder routes)
    {
        public void MapOpenIddict()
        {
            foreach (var (path, cors) in Table)
            {
                var route = routes.MapMethods(path, ProtocolPaths.MethodsOf(path), Unreachable).DisableAntiforgery();
                if (cors is not null)
                    route.RequireCors(cors);
                if (cors == ClientCorsPolicyProvider.Public)
                    route.WithMetadata(RequestLogging.Quiet);
            }
        }
    }

    private static IResult Unreachable() => throw new InvalidOperationException("OpenIddict answers this endpoint.");
}
