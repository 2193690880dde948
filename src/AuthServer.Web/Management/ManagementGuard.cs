using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Limits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management;

/// <summary>The scopes of which a caller needs one; every route under <c>/api/v2</c> declares them.</summary>
internal sealed record RequiredScopes(IReadOnlyList<string> AnyOf);

/// <summary>Marks the route that answers for the paths which are none.</summary>
internal sealed record NoSuchRoute;

/// <summary>
/// What surrounds every route: the rate limit, the caller's token, the route's scopes, the size limit, and errors in
/// the API's own shape.
/// </summary>
internal static class ManagementGuard
{
    private const long MaxBodyLength = 1024 * 1024;

    public static TBuilder RequireScope<TBuilder>(this TBuilder route, params string[] anyOf)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RequiredScopes(anyOf));

    /// <summary>Around the binding of parameters too, so that nobody's body is read before the token is.</summary>
    public static void Protect(EndpointBuilder endpoint)
    {
        var next =
            endpoint.RequestDelegate ?? throw new InvalidOperationException($"{endpoint.DisplayName} has no handler.");
        if (endpoint.Metadata.OfType<NoSuchRoute>().Any())
            return;
        var required = endpoint.Metadata.OfType<RequiredScopes>().LastOrDefault()
            ?? throw new InvalidOperationException($"{endpoint.DisplayName} declares no scope.");
        endpoint.RequestDelegate = async http =>
        {
            await InvokeAsync(http, required.AnyOf, next);
            await ManagementEvents.RecordRefusalAsync(http);
        };
    }

    private static async Task InvokeAsync(HttpContext http, IReadOnlyList<string> anyOf, RequestDelegate next)
    {
        try
        {
            var limits = http.RequestServices.GetRequiredService<RateLimits>();
            if (!limits.TryTake(limits.Management, http))
            {
                await ManagementError.TooManyRequests.ExecuteAsync(http);
                return;
            }

            var (caller, refusal) = await ManagementPrincipal.AuthenticateAsync(http);
            if (caller is null)
            {
                await ManagementError.Unauthorized(refusal!).ExecuteAsync(http);
                return;
            }

            http.Features.Set(caller);
            if (!anyOf.Any(caller.Has))
            {
                await ManagementError.InsufficientScope(anyOf).ExecuteAsync(http);
                return;
            }

            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = MaxBodyLength;
            await next(http);
            if (!HttpMethods.IsGet(http.Request.Method))
                Log(http)
                    .LogInformation(
                        "{Client} called {Method} {Path}: {Status}", caller.ClientId, http.Request.Method,
                        http.Request.Path.Value, http.Response.StatusCode);
        }
        catch (PasswordQueueFullException) when (!http.Response.HasStarted)
        {
            http.Response.Headers.RetryAfter = PasswordQueueFullException.RetryAfter;
            await new ManagementError(
                StatusCodes.Status503ServiceUnavailable,
                "Too many passwords are being hashed. Try again in a few seconds.").ExecuteAsync(http);
        }
        catch (BadHttpRequestException refused) when (!http.Response.HasStarted)
        {
            await ManagementError.From(refused).ExecuteAsync(http);
        }
        catch (Exception failure)
            when (!http.Response.HasStarted
                && http.RequestServices.GetRequiredService<AuthDbContext>().IsUnstorable(failure))
        {
            await new ManagementError(
                StatusCodes.Status400BadRequest,
                "A value has a character that can't be stored, or is too long.",
                "invalid_body").ExecuteAsync(http);
        }
        catch (DbUpdateException failure)
            when (!http.Response.HasStarted
                && http.RequestServices.GetRequiredService<AuthDbContext>().IsUniqueViolation(failure))
        {
            await new ManagementError(StatusCodes.Status409Conflict, "The resource already exists.").ExecuteAsync(http);
        }
        catch (Exception failure) when (StoreFailure.Is(failure) && IsAwaited(http))
        {
            Log(http).LogError(failure, "{Method} {Path} failed", http.Request.Method, http.Request.Path.Value);
            http.Response.Headers.RetryAfter = "5";
            await new ManagementError(
                StatusCodes.Status503ServiceUnavailable, "The store is unavailable.").ExecuteAsync(http);
        }
    }

    /// <summary>A caller that disconnects cancels the statement, which is not a failure of the store.</summary>
    private static bool IsAwaited(HttpContext http) =>
        !http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted;

    private static ILogger Log(HttpContext http) =>
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("AuthServer.Management");
}
