using AuthServer.Core.Clients;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Authorizations;

internal sealed class GrantConfiguration : IEntityTypeConfiguration<Grant>
{
    public void Configure(EntityTypeBuilder<Grant> grant)
    {
        grant.ToTable("grants");
        grant.HasKey(g => g.Id);
        grant.HasIndex(g => new { g.UserId, g.ClientId });
        grant.HasIndex(g => new { g.PairwiseSubject, g.ClientId });
        grant.HasIndex(g => g.ExpiresAt);
        grant.HasIndex(g => new { g.OrganizationId, g.UserId });
        grant.HasOne<User>().WithMany().HasForeignKey(g => g.UserId).OnDelete(DeleteBehavior.Cascade);
        grant.HasOne<Client>().WithMany().HasForeignKey(g => g.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AuthorizationCodeConfiguration : IEntityTypeConfiguration<AuthorizationCode>
{
    public void Configure(EntityTypeBuilder<AuthorizationCode> code)
    {
        code.ToTable("authorization_codes");
        code.HasKey(c => c.Hash);
        code.Property(c => c.Hash).HasMaxLength(32);
        code.HasIndex(c => c.ExpiresAt);
        code.HasOne(c => c.Grant).WithMany().HasForeignKey(c => c.GrantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RefreshTokenConfiguration : IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<RefreshToken> token)
    {
        token.ToTable("refresh_tokens");
        token.HasKey(t => t.Id);
        token.Property(t => t.Hash).HasMaxLength(32);
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasIndex(t => t.ExpiresAt);
        token.HasOne(t => t.Grant).WithMany().HasForeignKey(t => t.GrantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccessTokenConfiguration : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> token)
    {
        token.ToTable("access_tokens");
        token.HasKey(t => t.Hash);
        token.Property(t => t.Hash).HasMaxLength(32);
        token.HasIndex(t => t.ExpiresAt);
        token.HasOne(t => t.Grant).WithMany().HasForeignKey(t => t.GrantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> consent)
    {
        consent.ToTable("consents");
        consent.HasKey(c => c.Id);
        consent.Property(c => c.Id).HasMaxLength(24);
        consent.HasIndex(c => new { c.UserId, c.ClientId, c.Audience }).IsUnique();
        consent.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
        consent.HasOne<Client>().WithMany().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SpentArtefactConfiguration : IEntityTypeConfiguration<ReplayCacheEntry>
{
    public void Configure(EntityTypeBuilder<ReplayCacheEntry> spent)
    {
        spent.ToTable("spent_artefacts");
        spent.HasKey(s => s.Hash);
        spent.Property(s => s.Hash).HasMaxLength(32);
        spent.HasIndex(s => s.KeepUntil);
    }
}
