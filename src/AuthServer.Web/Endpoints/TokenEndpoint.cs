using AuthServer.Protocol;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>POST /oauth/token</c>, RFC 6749 §3.2.</summary>
internal static class TokenEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapToken() =>
            routes.MapPost(ProtocolPaths.Token, OpenIddictEndpoint.Unreachable).RequireCors(ScriptCors.Policy).DisableAntiforgery();
    }
}
