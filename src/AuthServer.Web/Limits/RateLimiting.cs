using AuthServer.Core;
using AuthServer.Protocol.Responses;
using AuthServer.Web.Formats;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.Limits;

/// <summary>
/// Refuses what is too much at the protocol's endpoints and at the pages: by the first path of the table that fits.
/// <c>/api/v2</c> does so in its own shape.
/// </summary>
internal sealed class RateLimiting(RequestDelegate next, RateLimits limits)
{
    private static readonly OAuthError TooMany = OAuthError.TooManyRequests(
        "Too many requests from this address. Try again later.");

    /// <summary>A return from an identity provider leaves a row in the store: it is limited as a form is.</summary>
    private readonly (PathString Path, RateLimit? Get, RateLimit? Post)[] table =
    [
        ("/oauth", null, limits.Token),
        ("/authorize", limits.Pages, limits.Pages),
        ("/continue", limits.Pages, limits.Pages),
        ("/oidc/logout", limits.Pages, limits.Pages),
        ("/oidc/register", null, limits.Forms),
        ("/v2/logout", limits.Pages, null),
        ("/login", limits.Forms, limits.Forms),
        ("/u", limits.Pages, limits.Forms),
        ("/account", limits.Pages, limits.Forms),
        ("/dashboard", limits.Pages, limits.Forms),
        ("/dbconnections", null, limits.Forms),
        ("/downloads", limits.Forms, null),
    ];

    public Task InvokeAsync(HttpContext http) =>
        LimitOf(http.Request) is { } limit && !limits.TryTake(limit, http) ? RefuseAsync(http) : next(http);

    private RateLimit? LimitOf(HttpRequest request)
    {
        foreach (var (path, get, post) in table)
        {
            if (request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                return HttpMethods.IsPost(request.Method) ? post : get;
        }

        return null;
    }

    private static Task RefuseAsync(HttpContext http)
    {
        if (!http.Request.WantsPage())
            return TooMany.ToHttp().ExecuteAsync(http);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return http.RequestServices.GetRequiredService<IErrorPage>().WriteAsync(http, TooMany);
    }
}
