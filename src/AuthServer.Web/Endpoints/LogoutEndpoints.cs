using AuthServer.Protocol;
using AuthServer.Web.Federation;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>/oidc/logout</c> (OpenID Connect RP-Initiated Logout 1.0) and <c>/v2/logout</c> (Auth0's).</summary>
internal static class LogoutEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapLogout()
        {
            var methods = ProtocolPaths.MethodsOf(ProtocolPaths.EndSession);
            routes.MapMethods(ProtocolPaths.EndSession, methods, OidcAsync).DisableAntiforgery();
            routes.MapGet("/v2/logout", Auth0Async);
            routes.MapGet(FederatedLogout.ReturnPath, Return);
        }
    }

    private static Task<IResult> OidcAsync(HttpContext http, LogoutRequestHandler handler, CancellationToken ct) =>
        handler.HandleOidcAsync(http, ct);

    private static Task<IResult> Auth0Async(HttpRequest http, LogoutRequestHandler handler, CancellationToken ct) =>
        handler.HandleAuth0Async(http, ct);

    private static IResult Return(string? state, FederatedLogout logout) => Redirects.To(logout.Return(state));
}
