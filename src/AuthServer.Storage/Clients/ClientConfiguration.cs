using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Clients;

/// <summary>On top of OpenIddict's own configuration.</summary>
internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public const int MaxClientIdLength = 64;

    public void Configure(EntityTypeBuilder<Client> client)
    {
        client.ToTable("clients");
        client.UsePropertyAccessMode(PropertyAccessMode.PreferProperty);
        client.Property(c => c.ClientId).HasMaxLength(MaxClientIdLength).IsRequired();
        client.RemoveIndexOn(nameof(Client.ClientId));
        client.HasAlternateKey(c => c.ClientId);
        client.Property(c => c.DisplayName).IsRequired();
        client.HasIndex(c => c.DisplayName);
        IgnoreViews(client);

        client.Property(c => c.SubjectType).HasDefaultValue(SubjectTypes.Public);
        client.Property(c => c.ResponseTypes).HasDefaultValueSql("'[]'");
        client.Property(c => c.RequestObjectCredentials).HasDefaultValueSql("'[]'");
        client.Property(c => c.Contacts).HasDefaultValueSql("'[]'");
        client.Property(c => c.ThirdPartySecurityMode).HasDefaultValue(ThirdPartySecurityModes.Permissive);
        client.Property(c => c.RedirectionPolicy).HasDefaultValue(RedirectionPolicies.AllowAlways);
        client.Property(c => c.OrganizationUsage).HasDefaultValue(OrganizationUsages.Deny);
        client.Property(c => c.OrganizationPrompt).HasDefaultValue(OrganizationPrompts.None);
        client.HasIndex(c => new { c.IsSelfRegistered, c.CreatedAt });
        client.Property(c => c.BackchannelLogoutUrls).HasDefaultValueSql("'[]'");
        client.HasOne<Organization>().WithMany()
            .HasForeignKey(c => c.DefaultOrganizationId).OnDelete(DeleteBehavior.SetNull);
        client.HasMany(c => c.Credentials).WithOne()
            .HasForeignKey(c => c.ClientId).HasPrincipalKey(c => c.ClientId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <summary>Views over other columns, and what is computed.</summary>
    private static void IgnoreViews(EntityTypeBuilder<Client> client)
    {
        client.Ignore(c => c.Name);
        client.Ignore(c => c.Callbacks);
        client.Ignore(c => c.AllowedLogoutUrls);
        client.Ignore(c => c.Jwks);
        client.Ignore(c => c.SecretHash);
        client.Ignore(c => c.ClientType);
        client.Ignore(c => c.ApplicationType);
        client.Ignore(c => c.ConsentType);
        client.Ignore(c => c.Permissions);
        client.Ignore(c => c.Requirements);
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
        grant.HasOne<Client>().WithMany()
            .HasForeignKey(g => g.ClientId).HasPrincipalKey(c => c.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}
