using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Limits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management;

/// <summary>Marks the route that answers for the paths which are none.</summary>
internal sealed record NoSuchRoute;

/// <summary>
/// Surrounds every route: the rate limit, the caller's token, the route's scopes, the size limit, and errors in the
/// API's own shape.
/// </summary>
internal static class ManagementGuard
{
    internal const int MaxBodyLength = 1024 * 1024;

    /// <summary>Surrounds the binding of parameters too: no body is read before the token is validated.</summary>
    public static void Protect(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate
            ?? throw new InvalidOperationException($"{endpoint.DisplayName} has no handler.");
        if (endpoint.Metadata.OfType<NoSuchRoute>().Any())
            return;
        var required = endpoint.Metadata.OfType<RequiredScopes>().LastOrDefault()
            ?? throw new InvalidOperationException($"{endpoint.DisplayName} declares no scope.");
        endpoint.RequestDelegate = async http =>
        {
            await InvokeAsync(http, required, next);
            LogCall(http);
            await ManagementEvents.RecordRefusalAsync(http);
        };
    }

    /// <returns>The error that the caller has to see; null for a failure of this server.</returns>
    public static ManagementError? ErrorOf(Exception exception, HttpContext http) =>
        ErrorOf(exception, http.RequestServices.GetRequiredService<AuthDbContext>());

    /// <returns>The same, for work that has no request.</returns>
    public static ManagementError? ErrorOf(Exception exception, AuthDbContext db) =>
        exception switch
        {
            ManagementException refused => refused.Error,
            BadHttpRequestException unreadable => ManagementError.From(unreadable),
            PasswordQueueFullException => new ManagementError(
                StatusCodes.Status503ServiceUnavailable,
                "Too many passwords are being hashed. Try again in a few seconds.")
            {
                RetryAfter = PasswordQueueFullException.RetryAfter,
            },
            _ when db.IsUnstorable(exception) => ManagementError.BadRequest(
                "A value has a character that can't be stored, or is too long.", "invalid_body"),
            DbUpdateException conflict when db.IsUniqueViolation(conflict) =>
                ManagementError.Conflict("The resource already exists."),
            _ => null,
        };

    private static async Task InvokeAsync(HttpContext http, RequiredScopes required, RequestDelegate next)
    {
        try
        {
            if (await RefuseAsync(http, required) is { } refusal)
            {
                await refusal.ExecuteAsync(http);
                return;
            }

            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = MaxBodyLength;
            await next(http);
        }
        catch (Exception exception) when (!http.Response.HasStarted && ErrorOf(exception, http) is { } error)
        {
            await error.ExecuteAsync(http);
        }
        catch (Exception failure) when (StoreFailure.Is(failure) && IsAwaited(http))
        {
            Log(http).LogError(failure, "{Method} {Path} failed", http.Request.Method, http.Request.Path.Value);
            var unavailable = new ManagementError(
                StatusCodes.Status503ServiceUnavailable, "The store is unavailable.")
            { RetryAfter = "5" };
            await unavailable.ExecuteAsync(http);
        }
    }

    private static async Task<ManagementError?> RefuseAsync(HttpContext http, RequiredScopes required)
    {
        var limits = http.RequestServices.GetRequiredService<RateLimits>();
        if (!limits.TryTake(limits.Management, http))
            return ManagementError.TooManyRequests;
        var (caller, error) = await ManagementPrincipal.AuthenticateAsync(http);
        if (caller is null)
            return ManagementError.Unauthorized(error!);
        http.Features.Set(caller);
        return required.Check(caller);
    }

    private static void LogCall(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || http.Features.Get<ManagementPrincipal>() is not { } caller)
            return;
        Log(http).LogInformation(
            "{Client} called {Method} {Path}: {Status}",
            caller.ClientId,
            http.Request.Method,
            http.Request.Path.Value,
            http.Response.StatusCode);
    }

    /// <summary>A caller that disconnects cancels the statement, which is not a failure of the store.</summary>
    private static bool IsAwaited(HttpContext http) =>
        !http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted;

    private static ILogger Log(HttpContext http) =>
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("AuthServer.Management");
}
