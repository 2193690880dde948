using AuthServer.Core.Clients;
using AuthServer.Core.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Clients;

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> client)
    {
        client.ToTable("clients");
        client.HasKey(c => c.ClientId);
        client.Property(c => c.ClientId).HasMaxLength(64);
        client.Property(c => c.SecretHash).HasMaxLength(32);
        client.Property(c => c.SubjectType).HasDefaultValue(SubjectTypes.Public);
        client.HasIndex(c => c.Name);
        client.Property(c => c.ResponseTypes).HasDefaultValueSql("'[]'");
        client.Property(c => c.RequestObjectCredentials).HasDefaultValueSql("'[]'");
        client.Property(c => c.Contacts).HasDefaultValueSql("'[]'");
        client.Property(c => c.ThirdPartySecurityMode).HasDefaultValue(ThirdPartySecurityModes.Permissive);
        client.Property(c => c.RedirectionPolicy).HasDefaultValue(RedirectionPolicies.AllowAlways);
        client.Property(c => c.OrganizationUsage).HasDefaultValue(OrganizationUsages.Deny);
        client.Property(c => c.OrganizationPrompt).HasDefaultValue(OrganizationPrompts.None);
        client.HasIndex(c => new { c.IsSelfRegistered, c.CreatedAt });
        client.Property(c => c.BackchannelLogoutUrls).HasDefaultValueSql("'[]'");
        client.HasMany(c => c.Credentials).WithOne().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ClientCredentialConfiguration : IEntityTypeConfiguration<ClientCredential>
{
    public void Configure(EntityTypeBuilder<ClientCredential> credential)
    {
        credential.ToTable("client_credentials");
        credential.HasKey(c => c.Id);
        credential.Property(c => c.Id).HasMaxLength(32);
        credential.HasIndex(c => new { c.ClientId, c.KeyId }).IsUnique();
    }
}

internal sealed class ClientGrantConfiguration : IEntityTypeConfiguration<ClientGrant>
{
    public void Configure(EntityTypeBuilder<ClientGrant> grant)
    {
        grant.ToTable("client_grants");
        grant.HasKey(g => g.Id);
        grant.Property(g => g.Id).HasMaxLength(32);
        grant.HasIndex(g => new { g.ClientId, g.Audience }).IsUnique();
        grant.Property(g => g.OrganizationUsage).HasDefaultValue(OrganizationUsages.Deny);
        grant.HasOne<Client>().WithMany().HasForeignKey(g => g.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}
