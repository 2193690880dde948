using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Users;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.ToTable("users");
        user.HasKey(u => u.UserId);
        user.Property(u => u.UserId).HasMaxLength(255);
        user.HasIndex(u => u.NormalizedEmail);
        user.HasIndex(u => u.CreatedAt);
        user.HasIndex(u => u.LastLogin);
        user.HasIndex(u => u.CreatedAt, "IX_users_blocked").HasFilter("blocked");
        user.HasMany(u => u.Identities).WithOne().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class UserIdentityConfiguration : IEntityTypeConfiguration<UserIdentity>
{
    public void Configure(EntityTypeBuilder<UserIdentity> identity)
    {
        identity.ToTable("user_identities");
        identity.HasKey(i => new { i.Connection, i.ProviderUserId });
        identity.HasIndex(i => i.ProviderUserId);
    }
}

internal sealed class UserSearchTermConfiguration : IEntityTypeConfiguration<UserSearchTerm>
{
    public void Configure(EntityTypeBuilder<UserSearchTerm> term)
    {
        term.ToTable("user_search_terms");
        term.HasKey(t => t.Id);
        term.Property(t => t.Field).HasMaxLength(UserSearchTerm.MaxFieldLength);
        term.Property(t => t.Value).HasMaxLength(UserSearchTerm.MaxValueLength);
        term.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        term.HasIndex(t => new { t.Field, t.Value });
    }
}

internal sealed class PasswordCredentialConfiguration : IEntityTypeConfiguration<PasswordCredential>
{
    public void Configure(EntityTypeBuilder<PasswordCredential> credential)
    {
        credential.ToTable("password_credentials");
        credential.HasKey(c => c.Id);
        credential.Property(c => c.Id).HasMaxLength(255);
        credential.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
        credential.HasIndex(c => new { c.Connection, c.NormalizedEmail }).IsUnique();
        credential.HasIndex(c => new { c.Connection, c.NormalizedUsername }).IsUnique();
    }
}

internal sealed class FormerPasswordConfiguration : IEntityTypeConfiguration<FormerPassword>
{
    public void Configure(EntityTypeBuilder<FormerPassword> former)
    {
        former.ToTable("former_passwords");
        former.HasKey(f => f.Id);
        former.HasOne<User>().WithMany().HasForeignKey(f => f.UserId).OnDelete(DeleteBehavior.Cascade);
        former.HasIndex(f => new { f.UserId, f.ReplacedAt });
    }
}

internal sealed class AttemptCounterConfiguration : IEntityTypeConfiguration<AttemptCounter>
{
    public void Configure(EntityTypeBuilder<AttemptCounter> counter)
    {
        counter.ToTable("attempt_counters");
        counter.HasKey(c => c.Hash);
        counter.Property(c => c.Hash).HasMaxLength(32);
        counter.HasIndex(c => c.ResetsAt);
    }
}

internal sealed class LoginCounterConfiguration : IEntityTypeConfiguration<LoginCounter>
{
    public void Configure(EntityTypeBuilder<LoginCounter> counter)
    {
        counter.ToTable("login_counters");
        counter.HasKey(c => c.Hash);
        counter.Property(c => c.Hash).HasMaxLength(32);
        counter.HasIndex(c => c.Account);
        counter.HasIndex(c => c.ResetsAt);
        counter.HasIndex(c => c.NoticeDueAt);
    }
}

internal sealed class KnownAddressConfiguration : IEntityTypeConfiguration<KnownAddress>
{
    public void Configure(EntityTypeBuilder<KnownAddress> known)
    {
        known.ToTable("known_addresses");
        known.HasKey(k => new { k.UserId, k.Address });
        known.HasOne<User>().WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Cascade);
        known.HasIndex(k => k.LastLoginAt);
    }
}
