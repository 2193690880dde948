using Microsoft.AspNetCore.Routing.Template;

namespace AuthServer.Web.Management;

/// <summary>404 and 405 in the API's own shape.</summary>
internal static class UnknownRoutes
{
    public static void MapUnknownRoutes(this RouteGroupBuilder api) =>
        api.Map("/{**path}", Answer).WithOrder(int.MaxValue).WithMetadata(new NoSuchRoute());

    private static IResult Answer(HttpContext http, EndpointDataSource endpoints)
    {
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<RequiredScopes>() is not null)
            .Where(route => Matches(route, http.Request.Path))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (methods.Length == 0)
            return ManagementError.NotFound("Not Found");
        http.Response.Headers.Allow = string.Join(", ", methods);
        return new ManagementError(StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
    }

    private static bool Matches(RouteEndpoint route, PathString path) =>
        new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(path, []);
}
