using AuthServer.Core.Logs;

namespace AuthServer.Web.Logs;

/// <summary>The audit log: recorded at the boundary, written beside it. What is stopped last is added first.</summary>
public static class LogsServiceCollectionExtensions
{
    public static IServiceCollection AddLogs(this IServiceCollection services) => services
        .AddSingleton<LogQueue>()
        .AddHostedService<LogWriter>()
        .AddSingleton<RefusalLimiter>()
        .AddHostedService<RefusalSummaries>()
        .AddScoped<IEventLog, RequestEvents>();
}
