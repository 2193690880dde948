using AuthServer.Storage;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// <c>/healthz</c>: the process answers. <c>/readyz</c>: it can do its work, and is not about to stop.
/// </summary>
internal static class HealthEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapHealth()
        {
            routes.MapGet("/healthz", () => Results.Text("ok")).WithMetadata(RequestLogging.Quiet);
            routes.MapGet("/readyz", ReadyAsync).WithMetadata(RequestLogging.Quiet);
        }
    }

    private static async Task<IResult> ReadyAsync(
        IStoreProbe store, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return Results.Text("stopping", statusCode: StatusCodes.Status503ServiceUnavailable);
        return await store.AnswersAsync(ct)
            ? Results.Text("ready")
            : Results.Text("the store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
