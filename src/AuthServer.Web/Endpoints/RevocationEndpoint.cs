using AuthServer.Core.Clients;
using AuthServer.Core.Revoke;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>POST /oauth/revoke</c>, RFC 7009: 200 with an empty body.</summary>
internal static class RevocationEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapRevocation() => routes.MapPost("/oauth/revoke", HandleAsync).RequireCors(ScriptCors.Policy).DisableAntiforgery();
    }

    private static async Task<IResult> HandleAsync(HttpRequest http, RevocationHandler handler, TimeProvider time, CancellationToken ct)
    {
        var read = await http.ReadOAuthBodyAsync(ct);
        if (!read.Succeeded(out var parameters, out var malformed))
            return malformed.ToHttp();

        var refused = await handler.HandleAsync(new ClientRequest(parameters, http.AuthorizationHeader(), time.GetUtcNow()), ct);
        return refused is null ? Results.Ok() : refused.ToHttp();
    }
}
