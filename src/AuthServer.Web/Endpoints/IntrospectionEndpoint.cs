namespace AuthServer.Web.Endpoints;

/// <summary>
/// <c>POST /oauth/introspect</c>: OpenIddict answers before routing's turn; the route gives it 405 for other methods.
/// </summary>
internal static class IntrospectionEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapIntrospection() =>
            routes.MapPost("/oauth/introspect", OpenIddictEndpoint.Unreachable).DisableAntiforgery();
    }
}
