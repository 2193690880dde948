using AuthServer.Core;
using AuthServer.Core.Users;
using AuthServer.Protocol.Responses;
using AuthServer.Storage;
using AuthServer.Web.Formats;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.Http;

/// <summary>
/// Handles errors of the server: logged completely, without details in the response. A store that can't be written to
/// or reached is 503, so that a client tries again; never success (CVE-2020-15223).
/// </summary>
internal sealed class ExceptionHandlingMiddleware(RequestDelegate next, ILogger<ExceptionHandlingMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (PasswordQueueFullException) when (!http.Response.HasStarted)
        {
            http.Response.Headers.RetryAfter = PasswordQueueFullException.RetryAfter;
            await AnswerAsync(
                http,
                OAuthError.TemporarilyUnavailable("Too many passwords are being checked. Try again in a few seconds."));
        }
        catch (BadHttpRequestException malformed) when (!http.Response.HasStarted)
        {
            var tooLarge = malformed.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await AnswerAsync(
                http,
                OAuthError.InvalidRequest(tooLarge ? "The request is too large." : "The request is malformed."),
                malformed.StatusCode);
        }
        catch (IOException oversized) when (oversized.InnerException is OverflowException && !http.Response.HasStarted)
        {
            // Kestrel's, for the size of a chunk that is not a 32-bit number.
            await AnswerAsync(http, OAuthError.InvalidRequest("The request is malformed."));
        }
        catch (Exception failure)
            when (!http.Response.HasStarted
                && http.RequestServices.GetRequiredService<AuthDbContext>().IsUnstorable(failure))
        {
            await AnswerAsync(
                http,
                OAuthError.InvalidRequest(
                    "The request has a character that can't be used, or a value that is too long."));
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            log.LogError(failure, "{Method} {Path} failed", http.Request.Method, http.Request.Path.Value);
            http.Response.Headers.Remove("Set-Cookie");
            http.Response.Headers.Remove("Location");
            if (StoreFailure.Is(failure))
            {
                http.Response.Headers.RetryAfter = "5";
                await AnswerAsync(
                    http, OAuthError.TemporarilyUnavailable("The store is unavailable. Try again in a few seconds."));
            }
            else
            {
                await AnswerAsync(
                    http, OAuthError.ServerError("Something went wrong on this server. The request id is in its log."));
            }
        }
    }

    /// <summary>
    /// A page for a person, JSON for a program; and JSON for the person too when not even the page can be drawn.
    /// </summary>
    private async Task AnswerAsync(HttpContext http, OAuthError error, int? status = null)
    {
        var code = status ?? ErrorStatusCodes.Of(error);
        if (http.Request.WantsPage())
        {
            try
            {
                http.Response.StatusCode = code;
                await http.RequestServices.GetRequiredService<IErrorPage>().WriteAsync(http, error);
                return;
            }
            catch (Exception failure) when (!http.Response.HasStarted)
            {
                log.LogError(failure, "The error page failed");
            }
        }

        await error.ToHttp(code).ExecuteAsync(http);
    }
}
