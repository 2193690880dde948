using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Exchange;
using AuthServer.Core.Tenants;
using AuthServer.Web.Http;
using AuthServer.Web.Logs;

namespace AuthServer.Web.Endpoints;

/// <summary><c>POST /oauth/token</c>, RFC 6749 §3.2.</summary>
internal static class TokenEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapToken() => routes.MapPost("/oauth/token", HandleAsync).RequireCors(ScriptCors.Policy).DisableAntiforgery();
    }

    private static async Task<IResult> HandleAsync(HttpRequest http, TokenPipeline pipeline, TokenEvents events, Tenant tenant, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        http.HttpContext.OfferNonce(tenant, now);
        var read = await http.ReadOAuthBodyAsync(ct);
        if (!read.Succeeded(out var parameters, out var malformed))
        {
            await events.RecordAsync(new ClientRequest(RequestParameters.None, http.AuthorizationHeader(), now), malformed);
            return malformed.ToHttp();
        }

        var request = new ClientRequest(parameters, http.AuthorizationHeader(), now)
        {
            Proof = http.SentProof(),
            Address = ClientAddress.Of(http.HttpContext.Connection.RemoteIpAddress),
        };
        var issued = await pipeline.HandleAsync(request, ct);
        await events.RecordAsync(request, issued);
        return issued.ToHttp(TokenResponse.From);
    }
}
