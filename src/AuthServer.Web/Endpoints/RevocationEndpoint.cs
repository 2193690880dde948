using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// <c>POST /oauth/revoke</c>: OpenIddict answers before routing's turn; the route gives it CORS, and 405 for other
/// methods.
/// </summary>
internal static class RevocationEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapRevocation() =>
            routes.MapPost("/oauth/revoke", OpenIddictEndpoint.Unreachable)
                .RequireCors(ScriptCors.Policy).DisableAntiforgery();
    }
}
