using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Sessions;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions");
        session.HasKey(s => s.Id);
        session.Property(s => s.Id).HasMaxLength(32);
        session.Property(s => s.Hash).HasMaxLength(32);
        session.HasIndex(s => s.Hash).IsUnique();
        session.HasIndex(s => s.ExpiresAt);
        session.Property(s => s.UserAgent).HasMaxLength(300);
        session.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SessionClientConfiguration : IEntityTypeConfiguration<SessionClient>
{
    public void Configure(EntityTypeBuilder<SessionClient> client)
    {
        client.ToTable("session_clients");
        client.HasKey(c => new { c.SessionId, c.ClientId, c.Sid });
        client.HasIndex(c => c.ClientId);
        client.Property(c => c.SessionId).HasMaxLength(32);
        client.Property(c => c.Sid).HasMaxLength(32);
        client.HasOne<Session>().WithMany().HasForeignKey(c => c.SessionId).OnDelete(DeleteBehavior.Cascade);
        client.HasOne<Client>().WithMany()
            .HasForeignKey(c => c.ClientId).HasPrincipalKey(client => client.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LogoutNoticeConfiguration : IEntityTypeConfiguration<LogoutNotice>
{
    public void Configure(EntityTypeBuilder<LogoutNotice> notice)
    {
        notice.ToTable("logout_notices");
        notice.HasKey(n => n.Id);
        notice.HasIndex(n => n.NextTryAt);
        notice.HasOne<Client>().WithMany()
            .HasForeignKey(n => n.ClientId).HasPrincipalKey(client => client.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}
