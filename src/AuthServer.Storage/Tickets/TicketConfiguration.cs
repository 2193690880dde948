using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Tickets;

internal sealed class TicketConfiguration : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.ToTable("tickets");
        ticket.HasKey(t => t.Hash);
        ticket.Property(t => t.Hash).HasMaxLength(32);
        ticket.HasIndex(t => new { t.UserId, t.Kind }).IsUnique();
        ticket.HasIndex(t => t.ExpiresAt);
        ticket.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PasswordResetRequestConfiguration : IEntityTypeConfiguration<PasswordResetRequest>
{
    public void Configure(EntityTypeBuilder<PasswordResetRequest> request)
    {
        request.ToTable("password_reset_requests");
        request.HasKey(r => r.Id);
        request.HasIndex(r => r.NextTryAt);
    }
}
