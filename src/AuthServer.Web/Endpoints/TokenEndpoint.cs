using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>POST /oauth/token</c>: OpenIddict answers before routing's turn; the route gives it CORS, and 405 for other methods.</summary>
internal static class TokenEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapToken() => routes.MapPost("/oauth/token", OpenIddictEndpoint.Unreachable).RequireCors(ScriptCors.Policy).DisableAntiforgery();
    }
}
