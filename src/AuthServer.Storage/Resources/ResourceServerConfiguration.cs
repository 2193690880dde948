using AuthServer.Core.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Resources;

internal sealed class ResourceServerConfiguration : IEntityTypeConfiguration<ResourceServer>
{
    public void Configure(EntityTypeBuilder<ResourceServer> api)
    {
        api.ToTable("resource_servers");
        api.HasKey(a => a.Id);
        api.Property(a => a.Id).HasMaxLength(24);
        api.HasIndex(a => a.Identifier).IsUnique();
    }
}
