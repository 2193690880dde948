using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Connections;

internal sealed class ConnectionConfiguration : IEntityTypeConfiguration<Connection>
{
    public void Configure(EntityTypeBuilder<Connection> connection)
    {
        connection.ToTable("connections");
        connection.HasKey(c => c.Id);
        connection.Property(c => c.Id).HasMaxLength(32);
        connection.HasIndex(c => c.Name).IsUnique();
        connection
            .HasMany(c => c.Clients)
            .WithOne()
            .HasForeignKey(c => c.ConnectionId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ConnectionClientConfiguration : IEntityTypeConfiguration<ConnectionClient>
{
    public void Configure(EntityTypeBuilder<ConnectionClient> enabled)
    {
        enabled.ToTable("connection_clients");
        enabled.HasKey(c => new { c.ConnectionId, c.ClientId });
        enabled.HasOne<Client>().WithMany()
            .HasForeignKey(c => c.ClientId).HasPrincipalKey(client => client.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}
