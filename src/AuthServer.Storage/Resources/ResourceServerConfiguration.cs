using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Resources;

/// <summary>On top of OpenIddict's own configuration.</summary>
internal sealed class ResourceServerConfiguration : IEntityTypeConfiguration<ResourceServer>
{
    public void Configure(EntityTypeBuilder<ResourceServer> api)
    {
        api.ToTable("resource_servers");
        api.Ignore(a => a.Identifier);
        api.Ignore(a => a.Resources);
        api.Property(a => a.Name).HasMaxLength(600).IsRequired();
        api.Property(a => a.DisplayName).IsRequired();
        api.Property(a => a.PublicId).HasMaxLength(24);
        api.HasIndex(a => a.PublicId).IsUnique();
    }
}
