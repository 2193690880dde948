using AuthServer.Core.Model;
using AuthServer.Storage.Clients;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Authorizations;

/// <summary>On top of OpenIddict's own configuration.</summary>
internal sealed class AuthorizationConfiguration : IEntityTypeConfiguration<Authorization>
{
    private const string IsConsent = $"type = '{AuthorizationTypes.Permanent}'";

    public void Configure(EntityTypeBuilder<Authorization> authorization)
    {
        authorization.ToTable("authorizations");
        authorization.UsePropertyAccessMode(PropertyAccessMode.PreferProperty);
        authorization.Ignore(a => a.GrantedScopes);
        authorization.Property(a => a.ClientId).HasMaxLength(ClientConfiguration.MaxClientIdLength);
        authorization.Property(a => a.Subject).IsRequired();
        authorization.Property(a => a.PublicId).HasMaxLength(24);

        // OpenIddict's index serves look-ups that this server does not make.
        authorization.RemoveIndexOn(
            nameof(Authorization.ApplicationId),
            nameof(Authorization.Status),
            nameof(Authorization.Subject),
            nameof(Authorization.Type));
        authorization.HasIndex(a => a.ApplicationId);
        authorization.HasIndex(a => new { a.Subject, a.ClientId });
        authorization.HasIndex(a => new { a.OrganizationId, a.UserId });
        authorization.HasIndex(a => a.ExpiresAt);
        authorization.HasIndex(a => a.PublicId).IsUnique().HasFilter("public_id IS NOT NULL");

        // One consent per user, client and API; a null equals no other null in an index.
        authorization.HasIndex(a => new { a.UserId, a.ClientId });
        authorization.HasIndex(a => new { a.UserId, a.ClientId, a.Audience }).IsUnique().HasFilter(IsConsent);
        authorization.HasIndex(a => new { a.UserId, a.ClientId }, "IX_authorizations_consent_without_audience")
            .IsUnique().HasFilter($"{IsConsent} AND audience IS NULL");

        authorization.HasOne(a => a.User).WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
        authorization.HasOne(a => a.Application).WithMany(c => c.Authorizations)
            .HasForeignKey(a => a.ApplicationId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>On top of OpenIddict's own configuration.</summary>
internal sealed class TokenConfiguration : IEntityTypeConfiguration<Token>
{
    public void Configure(EntityTypeBuilder<Token> token)
    {
        token.ToTable("tokens");
        token.RemoveIndexOn(
            nameof(Token.ApplicationId), nameof(Token.Status), nameof(Token.Subject), nameof(Token.Type));
        token.HasIndex(t => t.ApplicationId);
        token.HasIndex(t => t.AuthorizationId);
        token.HasIndex(t => t.ExpirationDate);
        token.HasOne(t => t.Application).WithMany(c => c.Tokens)
            .HasForeignKey(t => t.ApplicationId).OnDelete(DeleteBehavior.Cascade);
        token.HasOne(t => t.Authorization).WithMany(a => a.Tokens)
            .HasForeignKey(t => t.AuthorizationId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReplayCacheConfiguration : IEntityTypeConfiguration<ReplayCacheEntry>
{
    public void Configure(EntityTypeBuilder<ReplayCacheEntry> entry)
    {
        entry.ToTable("replay_cache");
        entry.HasKey(e => e.Hash);
        entry.Property(e => e.Hash).HasMaxLength(32);
        entry.HasIndex(e => e.KeepUntil);
    }
}
