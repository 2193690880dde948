using AuthServer.Protocol;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// Routes of the endpoints that OpenIddict answers before routing's turn: they give each its CORS policy, and 405 for
/// other methods.
/// </summary>
internal static class OpenIddictRoutes
{
    private static readonly string[] Get = [HttpMethods.Get];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] GetOrPost = [HttpMethods.Get, HttpMethods.Post];

    private static readonly (string Path, string[] Methods, string? Cors)[] Table =
    [
        (ProtocolPaths.Authorize, GetOrPost, null),
        (ProtocolPaths.Resume, Get, null),
        (ProtocolPaths.PushedAuthorization, Post, ScriptCors.Policy),
        (ProtocolPaths.Token, Post, ScriptCors.Policy),
        (ProtocolPaths.Revocation, Post, ScriptCors.Policy),
        (ProtocolPaths.Introspection, Post, null),
        (ProtocolPaths.UserInfo, GetOrPost, ScriptCors.Policy),
        (ProtocolPaths.OpenIdConfiguration, Get, ScriptCors.Public),
        (ProtocolPaths.ServerMetadata, Get, ScriptCors.Public),
        (ProtocolPaths.JsonWebKeySet, Get, ScriptCors.Public),
    ];

    extension(IEndpointRouteBuilder routes)
    {
        public void MapOpenIddict()
        {
            foreach (var (path, methods, cors) in Table)
            {
                var route = routes.MapMethods(path, methods, Unreachable).DisableAntiforgery();
                if (cors is not null)
                    route.RequireCors(cors);
                if (cors == ScriptCors.Public)
                    route.WithMetadata(RequestLogging.Quiet);
            }
        }
    }

    private static IResult Unreachable() => throw new InvalidOperationException("OpenIddict answers this endpoint.");
}
