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
        (ProtocolPaths.PushedAuthorization, ScriptCors.Policy),
        (ProtocolPaths.Token, ScriptCors.Policy),
        (ProtocolPaths.Revocation, ScriptCors.Policy),
        (ProtocolPaths.Introspection, null),
        (ProtocolPaths.UserInfo, ScriptCors.Policy),
        (ProtocolPaths.OpenIdConfiguration, ScriptCors.Public),
        (ProtocolPaths.ServerMetadata, ScriptCors.Public),
        (ProtocolPaths.JsonWebKeySet, ScriptCors.Public),
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
                if (cors == ScriptCors.Public)
                    route.WithMetadata(RequestLogging.Quiet);
            }
        }
    }

    private static IResult Unreachable() => throw new InvalidOperationException("OpenIddict answers this endpoint.");
}
