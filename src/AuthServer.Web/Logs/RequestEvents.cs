using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Logs;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Http;
using AuthServer.Web.Telemetry;

namespace AuthServer.Web.Logs;

/// <summary>The one door into the audit log: adds what the request tells of itself.</summary>
internal sealed class RequestEvents(IHttpContextAccessor accessor, CurrentTenant tenant, LogQueue queue, TimeProvider time) : IEventLog
{
    public Task RecordAsync(LogEventType type, LogEvent about)
    {
        Instruments.Count(type, about);
        var logged = Complete(type, about);
        if (type.IsChange)
            return queue.AddAsync(logged, accessor.HttpContext?.RequestAborted ?? CancellationToken.None);
        queue.Add(logged);
        return Task.CompletedTask;
    }

    public LogEvent Complete(LogEventType type, LogEvent about)
    {
        var http = accessor.HttpContext;
        return about.Bounded() with
        {
            Date = time.GetUtcNow(),
            Type = type.Code,
            Description = LogText.Bounded(about.Description ?? about.Error?.Description, LogEvent.LongestText) ?? type.Meaning,
            Details = about.Details ?? (about.Error is { } error ? DetailsOf(error) : null),
            Ip = http?.Connection.RemoteIpAddress is { } address ? ClientAddress.Exact(address) : null,
            UserAgent = http?.Request.Headers.UserAgent is [{ Length: > 0 } agent, ..] ? LogText.Bounded(agent, LogEvent.LongestName) : null,
            Hostname = tenant.TenantIfFound?.Issuer.Host,
        };
    }

    private static string DetailsOf(OAuthError error) =>
        new JsonObject { ["error"] = new JsonObject { ["message"] = error.Description, ["oauthError"] = error.Code } }.ToJsonString();
}
