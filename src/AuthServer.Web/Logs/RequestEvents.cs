using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Telemetry;
using AuthServer.Web.Tenancy;

namespace AuthServer.Web.Logs;

/// <summary>The only way into the audit log: adds the properties of the request.</summary>
internal sealed class RequestEvents(
    IHttpContextAccessor accessor, CurrentTenant tenant, LogQueue queue, RefusalLimiter refusals, TimeProvider time)
    : IEventLog
{
    public Task RecordAsync(LogEventType type, LogEvent about)
    {
        Instruments.Count(type, about);
        var http = accessor.HttpContext;
        if (type.IsRefusal && !refusals.TryTake(type, ClientAddress.Of(http?.Connection.RemoteIpAddress)))
            return Task.CompletedTask;
        var logged = Complete(type, about);
        if (type.IsChange)
            return queue.AddAsync(logged, http?.RequestAborted ?? CancellationToken.None);
        queue.Add(logged);
        return Task.CompletedTask;
    }

    public LogEvent Complete(LogEventType type, LogEvent about)
    {
        var http = accessor.HttpContext;
        var complete = about with
        {
            Date = time.GetUtcNow(),
            Type = type.Code,
            IsRefusal = type.IsRefusal,
            Description = about.Description ?? about.Error?.Description ?? type.Meaning,
            Details = about.Details ?? (about.Error is { } error ? DetailsOf(error, type) : null),
            Ip = http?.Connection.RemoteIpAddress is { } address ? ClientAddress.Exact(address) : null,
            UserAgent = http?.Request.Headers.UserAgent is [{ Length: > 0 } agent, ..] ? agent : null,
            Hostname = tenant.TenantIfFound?.Issuer.Host,
        };
        return complete.WithBoundedTexts(type.MaxTextBytes);
    }

    /// <summary>The executions of Actions in the details of an event.</summary>
    internal static JsonObject ActionsOf(Guid executionId) =>
        new() { ["executions"] = new JsonArray(executionId.ToString()) };

    private static string DetailsOf(OAuthError error, LogEventType type)
    {
        var details = new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = LogText.Bounded(error.Description, type.MaxTextBytes),
                ["oauthError"] = error.Code,
            },
        };
        if (error.ExecutionId is { } id)
            details["actions"] = ActionsOf(id);
        return details.ToJsonString(JsonText.Relaxed);
    }
}
