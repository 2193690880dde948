using AuthServer.Actions;
using AuthServer.Actions.Pool;
using AuthServer.Core.Actions;
using AuthServer.Web.OutgoingHttp;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Actions;

/// <summary>Actions: the processes that execute them, and the triggers.</summary>
public static class ActionsServiceCollectionExtensions
{
    public static IServiceCollection AddActions(this IServiceCollection services) => services
        .AddSingleton(ActionCommand.For(typeof(ActionsServiceCollectionExtensions).Assembly.Location))
        .AddSingleton<IActionHost>(provider => new ActionHost(
            provider.GetRequiredService<ILogger<SsrfSafeFetcher>>(),
            provider.GetRequiredService<ServerOptions>().AllowLoopbackFetches))
        .AddSingleton<ActionPool>()
        .AddSingleton<IActionRunner>(provider => provider.GetRequiredService<ActionPool>())
        .AddSingleton<ActionBreaker>()
        .AddSingleton<ActionCache>()
        .AddSingleton<ActionQueue>()
        .AddHostedService<ActionQueueJob>()
        .AddHostedService<ActionWarmUp>()
        .AddScoped<ActionRecorder>()
        .AddScoped<ActionFlow>()
        .AddScoped<ActionRequest>()
        .AddScoped<ActionEvents>()
        .AddScoped<IActionTriggers, ActionTriggerService>();
}
