using AuthServer.Core;
using AuthServer.Core.Users;
using AuthServer.Protocol.Responses;
using AuthServer.Storage;
using AuthServer.Web.Formats;
using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Http;

/// <summary>
/// Handles errors of the server: logged completely, without details in the response. A store that can't be written to
/// or reached is 503, so that a client tries again; never success (CVE-2020-15223).
/// </summary>
internal sealed class ExceptionHandler(
    IOptions<HstsOptions> hsts, IHostEnvironment environment, ILogger<ExceptionHandler> log) : IExceptionHandler
{
    private readonly HstsMiddleware strictTransport = new(_ => Task.CompletedTask, hsts);

    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The framework removed the headers of the answer that failed.
        SecurityHeaders.Set(httpContext.Response);
        if (!environment.IsDevelopment())
            await strictTransport.Invoke(httpContext);
        var (error, status) = ErrorOf(httpContext, exception);
        await AnswerAsync(httpContext, error, status ?? ErrorStatusCodes.Of(error));
        return true;
    }

    private (OAuthError Error, int? Status) ErrorOf(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case PasswordQueueFullException:
                http.Response.Headers.RetryAfter = PasswordQueueFullException.RetryAfter;
                return (
                    OAuthError.TemporarilyUnavailable(
                        "Too many passwords are being checked. Try again in a few seconds."),
                    null);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge and var tooLarge }:
                return (OAuthError.InvalidRequest("The request is too large."), tooLarge);
            case BadHttpRequestException malformed:
                return (OAuthError.InvalidRequest("The request is malformed."), malformed.StatusCode);

            // Kestrel's, for the size of a chunk that is not a 32-bit number.
            case IOException { InnerException: OverflowException }:
                return (OAuthError.InvalidRequest("The request is malformed."), null);
            case var _ when http.RequestServices.GetRequiredService<AuthDbContext>().IsUnstorable(exception):
                return (
                    OAuthError.InvalidRequest(
                        "The request has a character that can't be used, or a value that is too long."),
                    null);
            default:
                return (FailureOf(http, exception), null);
        }
    }

    private OAuthError FailureOf(HttpContext http, Exception exception)
    {
        log.LogError(exception, "{Method} {Path} failed", http.Request.Method, http.Request.Path.Value);
        if (!StoreFailure.Is(exception))
            return OAuthError.ServerError("Something went wrong on this server. The request id is in its log.");
        http.Response.Headers.RetryAfter = "5";
        return OAuthError.TemporarilyUnavailable("The store is unavailable. Try again in a few seconds.");
    }

    /// <summary>
    /// A page for a person, JSON for a program; and JSON for the person too when not even the page can be drawn.
    /// </summary>
    private async Task AnswerAsync(HttpContext http, OAuthError error, int status)
    {
        if (http.Request.WantsPage())
        {
            try
            {
                http.Response.StatusCode = status;
                await http.RequestServices.GetRequiredService<IErrorPage>().WriteAsync(http, error);
                return;
            }
            catch (Exception failure) when (!http.Response.HasStarted)
            {
                log.LogError(failure, "The error page failed");
            }
        }

        await error.ToHttp(status).ExecuteAsync(http);
    }
}
