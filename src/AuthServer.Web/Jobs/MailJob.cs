using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Http;
using AuthServer.Web.Mail;

namespace AuthServer.Web.Jobs;

/// <summary>Looks every second whether somebody asked for a letter, and whether one has to go out.</summary>
public sealed class MailJob(IServiceScopeFactory scopes, TenantSource tenants, IPostOffice post, TimeProvider time, ILogger<MailJob> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!post.IsOpen)
            log.LogWarning("No mail server is configured: no letters go out, and users can't reset a forgotten password. Set AuthServer__Mail__Smtp__Host and AuthServer__Mail__From");
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                await AnswerRequestsAsync(stoppingToken);
                await TellOfBlocksAsync(stoppingToken);
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<MailDelivery>().DeliverAsync(time.GetUtcNow(), stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "Sending letters failed; the next round tries again");
            }
        }
    }

    private async Task TellOfBlocksAsync(CancellationToken ct)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
            if (await BlockNotices.NextAsync(db, time.GetUtcNow(), ct) is not { } block)
                return;
            var tenant = scope.ServiceProvider.GetRequiredService<CurrentTenant>();
            tenant.Set(Issuer.TryParse(block.Issuer)!, await tenants.ReadAsync());
            var notices = scope.ServiceProvider.GetRequiredService<BlockNotices>();
            await notices.WriteAsync(block, time.GetUtcNow(), ct);
        }
    }

    /// <summary>Each as the tenant that was asked: its issuer, its looks.</summary>
    private async Task AnswerRequestsAsync(CancellationToken ct)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await PasswordResetRequests.NextAsync(scope.ServiceProvider.GetRequiredService<AuthDbContext>(), time.GetUtcNow(), ct) is not { } request)
                return;
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(Issuer.TryParse(request.Issuer)!, await tenants.ReadAsync());
            await scope.ServiceProvider.GetRequiredService<PasswordResetRequests>().AnswerAsync(request, time.GetUtcNow(), ct);
        }
    }
}
