using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage.Organizations;

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> organization)
    {
        organization.ToTable("organizations");
        organization.HasKey(o => o.Id);
        organization.Property(o => o.Id).HasMaxLength(32);
        organization.Property(o => o.Name).HasMaxLength(50);
        organization.HasIndex(o => o.Name).IsUnique();
        organization.HasIndex(o => o.CreatedAt);
        organization
            .HasMany(o => o.Connections)
            .WithOne()
            .HasForeignKey(c => c.OrganizationId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OrganizationConnectionConfiguration : IEntityTypeConfiguration<OrganizationConnection>
{
    public void Configure(EntityTypeBuilder<OrganizationConnection> enabled)
    {
        enabled.ToTable("organization_connections");
        enabled.HasKey(c => new { c.OrganizationId, c.ConnectionId });
        enabled.HasOne<Connection>().WithMany().HasForeignKey(c => c.ConnectionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OrganizationMemberConfiguration : IEntityTypeConfiguration<OrganizationMember>
{
    public void Configure(EntityTypeBuilder<OrganizationMember> member)
    {
        member.ToTable("organization_members");
        member.HasKey(m => new { m.OrganizationId, m.UserId });
        member.HasIndex(m => m.UserId);
        member.HasOne<Organization>().WithMany().HasForeignKey(m => m.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        member.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OrganizationMemberRoleConfiguration : IEntityTypeConfiguration<OrganizationMemberRole>
{
    public void Configure(EntityTypeBuilder<OrganizationMemberRole> role)
    {
        role.ToTable("organization_member_roles");
        role.HasKey(r => new { r.OrganizationId, r.UserId, r.RoleId });
        role.HasOne<OrganizationMember>()
            .WithMany()
            .HasForeignKey(r => new { r.OrganizationId, r.UserId })
            .OnDelete(DeleteBehavior.Cascade);
        role.HasOne<Role>().WithMany().HasForeignKey(r => r.RoleId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OrganizationClientGrantConfiguration : IEntityTypeConfiguration<OrganizationClientGrant>
{
    public void Configure(EntityTypeBuilder<OrganizationClientGrant> grant)
    {
        grant.ToTable("organization_client_grants");
        grant.HasKey(g => new { g.OrganizationId, g.ClientGrantId });
        grant.HasOne<Organization>().WithMany().HasForeignKey(g => g.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        grant.HasOne<ClientGrant>().WithMany().HasForeignKey(g => g.ClientGrantId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.ToTable("invitations");
        invitation.HasKey(i => i.Id);
        invitation.Property(i => i.Id).HasMaxLength(32);
        invitation.Property(i => i.TicketHash).HasMaxLength(32);
        invitation.Property(i => i.MailedTicketHash).HasMaxLength(32);
        invitation.HasIndex(i => i.TicketHash).IsUnique();
        invitation.HasIndex(i => i.MailedTicketHash).IsUnique();
        invitation.HasIndex(i => i.ExpiresAt);
        invitation.HasIndex(i => new { i.OrganizationId, i.CreatedAt });
        invitation
            .HasOne<Organization>()
            .WithMany()
            .HasForeignKey(i => i.OrganizationId)
            .OnDelete(DeleteBehavior.Cascade);
        invitation.HasOne<Client>().WithMany()
            .HasForeignKey(i => i.ClientId).HasPrincipalKey(client => client.ClientId).OnDelete(DeleteBehavior.Cascade);
        invitation.HasOne<Connection>().WithMany().HasForeignKey(i => i.ConnectionId).OnDelete(DeleteBehavior.Cascade);
    }
}
