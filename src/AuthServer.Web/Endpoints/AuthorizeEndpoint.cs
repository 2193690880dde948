using AuthServer.Core;
using AuthServer.Core.Authorize;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>/authorize</c> and, after an interaction, <c>/authorize/resume</c>: the same handler, the same tables.</summary>
internal static class AuthorizeEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapAuthorize()
        {
            routes.MapGet("/authorize", (HttpContext http, AuthorizeRequest request, CancellationToken ct) => request.BeginAsync(http.Request.ReadQuery(), ct));
            routes.MapPost("/authorize", async (HttpContext http, AuthorizeRequest request, CancellationToken ct) =>
                await request.BeginAsync(await http.Request.ReadOAuthFormAsync(ct), ct)).DisableAntiforgery();
            routes.MapGet("/authorize/resume", (string? state, AuthorizeRequest request, CancellationToken ct) => request.ResumeAsync(state, ct));
        }
    }

    internal sealed class AuthorizeRequest(AuthorizeHandler handler, AuthorizationRequests requests, PendingAuthorizations pending, BrowserSession session, AuthorizeAnswer answer, IHttpContextAccessor accessor, TimeProvider time)
    {
        public async Task<IResult> BeginAsync(Result<RequestParameters> read, CancellationToken ct) =>
            read.Succeeded(out var parameters, out var malformed) && (await requests.BeginAsync(parameters, time.GetUtcNow(), ct)).Succeeded(out var begun, out malformed)
                ? await AnswerAsync(begun, ct)
                : new ErrorPageResult(malformed);

        public async Task<IResult> ResumeAsync(string? state, CancellationToken ct) =>
            pending.Open(state) is { } waiting
                ? await AnswerAsync(waiting, ct)
                : new ErrorPageResult(OAuthError.InvalidRequest("This sign-in took too long, or its address was changed. Go back to the application and start again."));

        private async Task<IResult> AnswerAsync(PendingAuthorization waiting, CancellationToken ct)
        {
            OpenerPolicy.SetFor(accessor.HttpContext!.Response, waiting);
            return answer.For(await handler.HandleAsync(waiting, await session.FindAsync(ct), time.GetUtcNow(), ct));
        }
    }
}
