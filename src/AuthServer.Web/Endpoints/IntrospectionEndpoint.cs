using AuthServer.Core.Clients;
using AuthServer.Core.Introspect;
using AuthServer.Core.Tenants;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>POST /oauth/introspect</c>, RFC 7662.</summary>
internal static class IntrospectionEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapIntrospection() => routes.MapPost("/oauth/introspect", HandleAsync).DisableAntiforgery();
    }

    private static async Task<IResult> HandleAsync(HttpRequest http, IntrospectionHandler handler, Tenant tenant, TimeProvider time, CancellationToken ct)
    {
        var read = await http.ReadOAuthBodyAsync(ct);
        if (!read.Succeeded(out var parameters, out var malformed))
            return malformed.ToHttp();

        var answer = await handler.HandleAsync(new ClientRequest(parameters, http.AuthorizationHeader(), time.GetUtcNow()), ct);
        return answer.ToHttp(introspection => new JsonBytes(IntrospectionResponse.Write(introspection, tenant)));
    }
}
