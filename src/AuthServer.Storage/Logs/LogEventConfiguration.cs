using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Logs;

internal sealed class LogEventConfiguration : IEntityTypeConfiguration<LogEvent>
{
    public void Configure(EntityTypeBuilder<LogEvent> log)
    {
        log.ToTable("log_events");
        log.HasKey(e => e.Id);
        log.Ignore(e => e.Error);

        // With the columns that figures of logins are counted by.
        log.HasIndex(e => new { e.Date, e.Type, e.UserId });
        log.HasIndex(e => new { e.Type, e.Id }).HasFilter("is_refusal");

        // Machines' tokens are most of it, and have no user.
        log.HasIndex(e => new { e.UserId, e.Date }).HasFilter("user_id IS NOT NULL");
    }
}
