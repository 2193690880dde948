using AuthServer.Core.Logs;

namespace AuthServer.Web.Logs;

/// <summary>The audit log: recorded at the boundary, written beside it.</summary>
public static class LogsLayer
{
    public static IServiceCollection AddLogs(this IServiceCollection services) => services
        .AddSingleton<LogQueue>()
        .AddHostedService<LogWriter>()
        .AddScoped<IEventLog, RequestEvents>();
}
