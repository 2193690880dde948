using AuthServer.Core;
using AuthServer.Protocol.Responses;

namespace AuthServer.Web.Http;

/// <summary>Refuses what is too much at the protocol's endpoints and at the forms of our pages. <c>/api/v2</c> does so in its own shape.</summary>
internal sealed class RateLimiting(RequestDelegate next, RateLimits limits)
{
    private static readonly OAuthError TooMany = OAuthError.TooManyRequests("Too many requests from this address. Try again later.");
    private readonly (PathString Path, RateLimit Limit)[] posts =
    [
        ("/oauth", limits.Token),
        ("/u", limits.Forms),
        ("/account", limits.Forms),
        ("/dbconnections", limits.Forms),
        ("/login", limits.Forms),
    ];

    public Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
            return next(http);
        foreach (var (path, limit) in posts)
        {
            if (http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase) && !limits.TryTake(limit, http))
                return RefuseAsync(http);
        }

        return next(http);
    }

    private static Task RefuseAsync(HttpContext http)
    {
        if (!http.Request.WantsPage())
            return TooMany.ToHttp().ExecuteAsync(http);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return http.RequestServices.GetRequiredService<IErrorPage>().WriteAsync(http, TooMany);
    }
}
