using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// <c>/userinfo</c>: OpenIddict answers before routing's turn; the route gives it CORS, and 405 for other methods.
/// </summary>
internal static class UserInfoEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapUserInfo() =>
            routes.MapMethods("/userinfo", ["GET", "POST"], OpenIddictEndpoint.Unreachable)
                .RequireCors(ScriptCors.Policy).DisableAntiforgery();
    }
}
