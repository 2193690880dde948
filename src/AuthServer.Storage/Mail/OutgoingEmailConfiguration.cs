using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Mail;

internal sealed class OutgoingEmailConfiguration : IEntityTypeConfiguration<OutgoingEmail>
{
    public void Configure(EntityTypeBuilder<OutgoingEmail> mail)
    {
        mail.ToTable("outgoing_emails");
        mail.HasKey(m => m.Id);
        mail.HasIndex(m => m.NextTryAt);
    }
}

internal sealed class EmailJobConfiguration : IEntityTypeConfiguration<EmailJob>
{
    public void Configure(EntityTypeBuilder<EmailJob> job)
    {
        job.ToTable("email_jobs");
        job.HasKey(j => j.Id);
        job.Property(j => j.Id).HasMaxLength(24);

        // The column's first name: nodes of the version before read it during an upgrade.
        job.Property(j => j.EmailId).HasColumnName("letter_id");
        job.HasIndex(j => j.EmailId);
        job.HasIndex(j => j.CreatedAt);
    }
}
