using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>POST /dbconnections/signup</c>, Auth0's: an account without a page.</summary>
internal static class DatabaseSignupEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapDatabaseSignup() => routes.MapPost("/dbconnections/signup", HandleAsync)
            .RequireCors(ClientCorsPolicyProvider.Policy).DisableAntiforgery();
    }

    private static Task<IResult> HandleAsync(HttpContext http, DatabaseSignupHandler handler, CancellationToken ct) =>
        handler.HandleAsync(http, ct);
}
