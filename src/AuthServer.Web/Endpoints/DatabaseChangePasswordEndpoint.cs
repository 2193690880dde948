using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// <c>POST /dbconnections/change_password</c>, Auth0's: an email with a link to set another password.
/// </summary>
internal static class DatabaseChangePasswordEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapDatabaseChangePassword() =>
            routes
                .MapPost(
                    "/dbconnections/change_password",
                    (HttpContext http, DatabaseChangePasswordHandler change, CancellationToken ct) =>
                        change.HandleAsync(http, ct))
                .RequireCors(ClientCorsPolicyProvider.Policy)
                .DisableAntiforgery();
    }
}
