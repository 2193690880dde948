using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Core.Clients;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Dpop;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>POST /oauth/par</c>, RFC 9126.</summary>
internal static class PushedRequestEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapPushedRequests() => routes.MapPost("/oauth/par", HandleAsync).RequireCors(ScriptCors.Policy).DisableAntiforgery();
    }

    private static async Task<IResult> HandleAsync(HttpRequest http, PushedRequestHandler handler, Tenant tenant, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        http.HttpContext.OfferNonce(tenant, now);
        var read = await http.ReadOAuthBodyAsync(ct);
        if (!read.Succeeded(out var parameters, out var malformed))
            return malformed.ToHttp();

        var pushed = await handler.HandleAsync(new ClientRequest(parameters, http.Headers.Authorization.FirstOrDefault(), now)
        {
            Proof = http.ReadProof(),
            Address = ClientAddress.Of(http.HttpContext.Connection.RemoteIpAddress),
        }, ct);
        if (!pushed.Succeeded(out var reference, out var refused))
            return refused.ToHttp(StatusOf(refused));
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { request_uri = reference.RequestUri, expires_in = reference.ExpiresIn }, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>RFC 9126 §2.3: what the browser would have carried back is a 400 here.</summary>
    private static int StatusOf(OAuthError error) =>
        OAuthHttp.StatusOf(error) is StatusCodes.Status403Forbidden ? StatusCodes.Status400BadRequest : OAuthHttp.StatusOf(error);
}
