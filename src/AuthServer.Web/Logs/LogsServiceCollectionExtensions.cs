using AuthServer.Core.Logs;

namespace AuthServer.Web.Logs;

/// <summary>
/// The audit log: recorded at the boundary, written in the background. Services are stopped in the reverse order, so
/// that the writer is added first.
/// </summary>
public static class LogsServiceCollectionExtensions
{
    public static IServiceCollection AddLogs(this IServiceCollection services) => services
        .AddSingleton<LogQueue>()
        .AddHostedService<LogWriter>()
        .AddSingleton<RefusalLimiter>()
        .AddHostedService<RefusalSummaries>()
        .AddScoped<IEventLog, RequestEvents>();
}
