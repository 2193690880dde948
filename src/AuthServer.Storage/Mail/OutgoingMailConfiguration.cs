using AuthServer.Core.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Mail;

internal sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.ToTable("outgoing_emails");
        mail.HasKey(m => m.Id);
        mail.HasIndex(m => m.NextTryAt);
    }
}

internal sealed class LetterJobConfiguration : IEntityTypeConfiguration<LetterJob>
{
    public void Configure(EntityTypeBuilder<LetterJob> job)
    {
        job.ToTable("email_jobs");
        job.HasKey(j => j.Id);
        job.Property(j => j.Id).HasMaxLength(24);
        job.HasIndex(j => j.LetterId);
        job.HasIndex(j => j.CreatedAt);
    }
}
