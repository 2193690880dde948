using System.Data.Common;
using System.Diagnostics.Metrics;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Cryptography;
using AuthServer.Web.Logs;

namespace AuthServer.Web.Telemetry;

/// <summary>Lengths of this server's queues; read when a collector asks.</summary>
internal sealed class Gauges(
    WriteSerializer writes,
    LogQueue events,
    RefusalLimiter refusals,
    IPasswordHashing hashing,
    IServiceScopeFactory scopes,
    TimeProvider time)
    : IDisposable
{
    private readonly Meter meter = new(Instruments.Name);

    public void Register()
    {
        meter.CreateObservableGauge(
            "authserver.writers.waiting", () => writes.Waiting, "{writer}", "Writers in line for the store");
        meter.CreateObservableGauge(
            "authserver.log_events.waiting",
            () => events.Length,
            "{event}",
            "Events of the audit log that are not written yet");
        meter.CreateObservableCounter(
            "authserver.log_events.dropped", () => events.Dropped, "{event}", "Events of the audit log that were lost");
        meter.CreateObservableCounter(
            "authserver.log_events.summed_up",
            () => refusals.Suppressed,
            "{event}",
            "Refusals that the audit log has as a count");
        meter.CreateObservableGauge("authserver.emails.due", EmailsDue, "{email}", "Emails that have to be sent now");
        meter.CreateObservableGauge(
            "authserver.password_hashing.waiting",
            () => ((PasswordHashing)hashing).Waiting,
            "{password}",
            "Passwords in line for a core");
    }

    public void Dispose() => meter.Dispose();

    /// <summary>A store that does not answer reports no value here.</summary>
    private IEnumerable<Measurement<int>> EmailsDue()
    {
        try
        {
            using var scope = scopes.CreateScope();
            var now = time.GetUtcNow();
            return
            [
                new(
                    scope
                        .ServiceProvider.GetRequiredService<AuthDbContext>()
                        .OutgoingEmails.Count(mail => mail.NextTryAt <= now)),
            ];
        }
        catch (DbException)
        {
            return [];
        }
    }
}
