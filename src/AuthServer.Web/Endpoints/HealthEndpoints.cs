using AuthServer.Storage;
using AuthServer.Web.Http;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// <c>/healthz</c>: the process answers. <c>/readyz</c>: it can do its work, and is not about to stop.
/// </summary>
internal static class HealthEndpoints
{
    private static readonly HttpMethodMetadata Get = new([HttpMethods.Get]);

    extension(IEndpointRouteBuilder routes)
    {
        public void MapHealth()
        {
            routes.MapProbe("/healthz", check => false, _ => "ok");
            routes.MapProbe("/readyz", check => true, report => report.Entries.Values.Single().Description!);
        }

        private void MapProbe(
            string path, Func<HealthCheckRegistration, bool> checks, Func<HealthReport, string> text) =>
            routes.MapHealthChecks(path, new HealthCheckOptions
            {
                Predicate = checks,
                ResponseWriter = (http, report) => Results.Text(text(report)).ExecuteAsync(http),

                // SecurityHeaders forbids it, as for every answer.
                AllowCachingResponses = true,
            }).WithMetadata(Get, RequestLogging.Quiet);
    }
}

/// <summary>Checks that the server reaches its store, and is not about to stop.</summary>
internal sealed class ReadinessCheck(IStoreProbe store, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return HealthCheckResult.Unhealthy("stopping");
        return await store.AnswersAsync(cancellationToken)
            ? HealthCheckResult.Healthy("ready")
            : HealthCheckResult.Unhealthy("the store does not answer");
    }
}
