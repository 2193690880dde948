using AuthServer.Core.Clients;
using AuthServer.Core.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Requests;

internal sealed class PushedRequestConfiguration : IEntityTypeConfiguration<PushedRequest>
{
    public void Configure(EntityTypeBuilder<PushedRequest> pushed)
    {
        pushed.ToTable("pushed_requests");
        pushed.HasKey(p => p.Hash);
        pushed.Property(p => p.Hash).HasMaxLength(32);
        pushed.HasIndex(p => p.ExpiresAt);
        pushed.HasOne<Client>().WithMany().HasForeignKey(p => p.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}
