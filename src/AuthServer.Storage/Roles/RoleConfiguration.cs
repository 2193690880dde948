using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Roles;

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> role)
    {
        role.ToTable("roles");
        role.HasKey(r => r.Id);
        role.Property(r => r.Id).HasMaxLength(32);
        role.HasIndex(r => r.Name).IsUnique();
        role.HasMany(r => r.Permissions).WithOne().HasForeignKey(p => p.RoleId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RolePermissionConfiguration : IEntityTypeConfiguration<RolePermission>
{
    public void Configure(EntityTypeBuilder<RolePermission> permission)
    {
        permission.ToTable("role_permissions");
        permission.HasKey(p => new { p.RoleId, p.Audience, p.Name });
        permission.HasIndex(p => p.Audience);
    }
}

internal sealed class RoleMemberConfiguration : IEntityTypeConfiguration<RoleMember>
{
    public void Configure(EntityTypeBuilder<RoleMember> member)
    {
        member.ToTable("role_members");
        member.HasKey(m => new { m.UserId, m.RoleId });
        member.HasIndex(m => new { m.RoleId, m.UserId });
        member.HasOne<Role>().WithMany().HasForeignKey(m => m.RoleId).OnDelete(DeleteBehavior.Cascade);
        member.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class UserPermissionConfiguration : IEntityTypeConfiguration<UserPermission>
{
    public void Configure(EntityTypeBuilder<UserPermission> permission)
    {
        permission.ToTable("user_permissions");
        permission.HasKey(p => new { p.UserId, p.Audience, p.Name });
        permission.HasIndex(p => p.Audience);
        permission.HasOne<User>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
