using System.Globalization;
using AuthServer.Core;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Register;
using AuthServer.Protocol.Hosting;
using AuthServer.Protocol.Responses;
using AuthServer.Web.Formats;
using AuthServer.Web.Http;
using AuthServer.Web.Telemetry;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// <c>POST /oidc/register</c>, RFC 7591 §3 and OpenID Connect Dynamic Client Registration §3. RFC 7592 is not
/// supported.
/// </summary>
internal static class RegisterEndpoint
{
    /// <summary>Bytes; anyone can fill the store with clients.</summary>
    private const long MaxSize = 16 * 1024;

    extension(IEndpointRouteBuilder routes)
    {
        public void MapRegistration() =>
            routes
                .MapPost("/oidc/register", HandleAsync)
                .RequireCors(ClientCorsPolicyProvider.Open)
                .DisableAntiforgery();
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        RegistrationHandler handler,
        AllowedOriginsCache origins,
        IEventLog events,
        TimeProvider time,
        CancellationToken ct)
    {
        if (handler.Closed() is { } closed)
            return closed.ToHttp();
        if (!http.Request.HasJsonContentType())
            return OAuthError
                .InvalidRequest("The content type must be application/json.")
                .ToHttp(StatusCodes.Status415UnsupportedMediaType);
        if (!(await http.Request.ReadJsonObjectAsync(ct, MaxSize)).Succeeded(out var body, out var malformed))
            return malformed.ToHttp();

        var answer = await handler.HandleAsync(
            body.Root, ClientAddress.Of(http.Connection.RemoteIpAddress), time.GetUtcNow(), ct);
        if (!answer.Succeeded(out var registration, out var refused))
        {
            await events.RecordAsync(LogEventTypes.FailedRegistration, new LogEvent { Error = refused });
            if (ErrorStatusCodes.Of(refused) == StatusCodes.Status429TooManyRequests)
                http.Response.Headers.RetryAfter = RegistrationLimits.Window.TotalSeconds.ToString(
                    CultureInfo.InvariantCulture);
            return refused.ToHttp();
        }

        // Its event went with it.
        Instruments.Count(LogEventTypes.Registration, new LogEvent());

        // Its scripts may call the token endpoint from now on.
        origins.Meet(registration.Client);
        http.Response.Headers.CacheControl = "no-store";
        return RegistrationResponse.From(registration);
    }
}
