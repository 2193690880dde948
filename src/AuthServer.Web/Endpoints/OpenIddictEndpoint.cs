namespace AuthServer.Web.Endpoints;

/// <summary>
/// The route of an endpoint that OpenIddict answers: it gives routing the methods, and the endpoint its CORS policy.
/// </summary>
internal static class OpenIddictEndpoint
{
    public static IResult Unreachable() => throw new InvalidOperationException("OpenIddict answers this endpoint.");
}
