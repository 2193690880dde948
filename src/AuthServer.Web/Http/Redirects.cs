using AuthServer.Protocol.Responses;

namespace AuthServer.Web.Http;

/// <summary>Redirects as results of endpoints and pages.</summary>
public static class Redirects
{
    public static IResult To(string location) => new Redirect(location);

    private sealed class Redirect(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.RedirectTo(location);
            return Task.CompletedTask;
        }
    }
}
