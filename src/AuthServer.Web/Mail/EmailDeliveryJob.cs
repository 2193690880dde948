using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Jobs;
using AuthServer.Web.Tenancy;

namespace AuthServer.Web.Mail;

/// <summary>Checks every second for password reset requests and for emails to be sent.</summary>
public sealed class EmailDeliveryJob(
    IServiceScopeFactory scopes, TenantCache tenants, TimeProvider time, ILogger<EmailDeliveryJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(1), scopes, time, log)
{
    private readonly IServiceScopeFactory scopes = scopes;
    private readonly ILogger log = log;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await IsOpenAsync())
            log.LogWarning(
                "No mail server is configured: no emails are sent, and users can't reset a forgotten password. Set "
                    + "AuthServer__Mail__Smtp__Host and AuthServer__Mail__From");
        await base.ExecuteAsync(stoppingToken);
    }

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        await WriteAsync(ct);
        await services.GetRequiredService<EmailDelivery>().DeliverAsync(Now, ct);
    }

    private async Task<bool> IsOpenAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        return scope.ServiceProvider.GetRequiredService<IEmailSender>().IsOpen;
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        await ForEachAsync(
            PasswordResetRequests.NextAsync,
            request => request.Issuer,
            (services, request) => services.GetRequiredService<PasswordResetRequests>()
                .AnswerAsync(request, Now, ct),
            ct);
        await ForEachAsync(
            BlockNotices.NextAsync,
            block => block.Issuer,
            (services, block) => services.GetRequiredService<BlockNotices>().WriteAsync(block, Now, ct),
            ct);
    }

    /// <summary>Handles each that is due, as the tenant that it came to: with its issuer and its looks.</summary>
    private async Task ForEachAsync<T>(
        Func<AuthDbContext, DateTimeOffset, CancellationToken, Task<T?>> next,
        Func<T, string> issuerOf,
        Func<IServiceProvider, T, Task> handle,
        CancellationToken ct)
        where T : class
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            if (await next(services.GetRequiredService<AuthDbContext>(), Now, ct) is not { } due)
                return;
            var tenant = services.GetRequiredService<CurrentTenant>();
            tenant.Set(Issuer.TryParse(issuerOf(due))!, await tenants.ReadAsync());
            await handle(services, due);
        }
    }
}
