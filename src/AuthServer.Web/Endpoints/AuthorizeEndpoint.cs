using AuthServer.Protocol;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// <c>/authorize</c>, <c>/authorize/resume</c> and <c>/oauth/par</c>: OpenIddict answers before routing's turn; the
/// routes give them CORS, and 405 for other methods.
/// </summary>
internal static class AuthorizeEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapAuthorize()
        {
            routes.MapMethods("/" + ProtocolPaths.Authorize, [HttpMethods.Get, HttpMethods.Post], Unreachable)
                .DisableAntiforgery();
            routes.MapGet("/" + ProtocolPaths.Resume, Unreachable);
            routes.MapPost("/" + ProtocolPaths.PushedAuthorization, Unreachable)
                .RequireCors(ScriptCors.Policy).DisableAntiforgery();
        }
    }

    private static IResult Unreachable() => throw new InvalidOperationException("OpenIddict answers this endpoint.");
}
