using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Protocol.Responses;

namespace AuthServer.Web.Formats;

/// <summary>Writes an <see cref="OAuthError"/> at the endpoints that are not OpenIddict's.</summary>
public static class OAuthHttp
{
    public static IResult ToHttp(this OAuthError error) => error.ToHttp(ErrorStatusCodes.Of(error));

    public static IResult ToHttp(this OAuthError error, int status) => new ErrorResult(error, status);

    private sealed class ErrorResult(OAuthError error, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Response.Headers.Pragma = "no-cache";

            // openid-client turns any challenge into an error before it reads the body, so only who tried Basic gets
            // one.
            if (status == StatusCodes.Status401Unauthorized
                && httpContext
                    .Request.Headers.Authorization.ToString()
                    .StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
                httpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"AuthServer\"";

            httpContext
                .RequestServices.GetRequiredService<ILoggerFactory>()
                .CreateLogger("AuthServer.Protocol")
                .LogInformation(
                    "Refused {Path}: {Error}, {Description} {Detail}", httpContext.Request.Path.Value, error.Code,
                    error.Description, error.Detail);
            return httpContext.Response.WriteAsJsonAsync(
                new JsonObject { ["error"] = error.Code, ["error_description"] = error.Description });
        }
    }
}
