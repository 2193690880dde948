using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Jobs;

internal sealed class UserJobConfiguration : IEntityTypeConfiguration<UserJob>
{
    public void Configure(EntityTypeBuilder<UserJob> job)
    {
        job.ToTable("user_jobs");
        job.HasKey(j => j.Id);
        job.Property(j => j.Id).HasMaxLength(24);
        job.HasIndex(j => new { j.Status, j.ClaimedUntil });
        job.HasIndex(j => j.CreatedAt);
    }
}

internal sealed class UserJobErrorConfiguration : IEntityTypeConfiguration<UserJobError>
{
    public void Configure(EntityTypeBuilder<UserJobError> error)
    {
        error.ToTable("user_job_errors");
        error.HasKey(e => new { e.JobId, e.Position });
        error.HasOne<UserJob>().WithMany().HasForeignKey(e => e.JobId).OnDelete(DeleteBehavior.Cascade);
    }
}
