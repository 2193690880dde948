using System.Data.Common;
using AuthServer.Core;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Http;

/// <summary>
/// What only we can cause: logged whole, told nothing. A store that can't be written to or reached is 503, for a client to come
/// again; never success (CVE-2020-15223).
/// </summary>
internal sealed class LastResort(RequestDelegate next, ILogger<LastResort> log)
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
        catch (BadHttpRequestException malformed) when (!http.Response.HasStarted)
        {
            await OAuthError.InvalidRequest(malformed.StatusCode == StatusCodes.Status413PayloadTooLarge ? "The request is too large." : "The request is malformed.")
                .ToHttp(malformed.StatusCode).ExecuteAsync(http);
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            log.LogError(failure, "{Method} {Path} failed", http.Request.Method, http.Request.Path.Value);
            http.Response.Headers.Remove("Set-Cookie");
            http.Response.Headers.Remove("Location");
            if (failure is DbException or DbUpdateException)
            {
                http.Response.Headers.RetryAfter = "5";
                await OAuthError.TemporarilyUnavailable("The store is unavailable. Try again in a few seconds.").ToHttp().ExecuteAsync(http);
            }
            else
            {
                await OAuthError.ServerError("Something went wrong on this server. The request id is in its log.").ToHttp().ExecuteAsync(http);
            }
        }
    }
}
