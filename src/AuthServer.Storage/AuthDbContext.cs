using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Grants;
using AuthServer.Core.Jose;
using AuthServer.Core.Mail;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Roles;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage.Grants;
using AuthServer.Storage.Keys;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage;

/// <summary>The one model. A derived context stands for each database, and has its own migrations.</summary>
public abstract class AuthDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Client> Clients => Set<Client>();
    public DbSet<ClientCredential> ClientCredentials => Set<ClientCredential>();
    public DbSet<ClientGrant> ClientGrants => Set<ClientGrant>();
    public DbSet<ResourceServer> ResourceServers => Set<ResourceServer>();
    public DbSet<Connection> Connections => Set<Connection>();
    public DbSet<ConnectionClient> ConnectionClients => Set<ConnectionClient>();
    public DbSet<User> Users => Set<User>();
    public DbSet<PasswordCredential> PasswordCredentials => Set<PasswordCredential>();
    public DbSet<AttemptCounter> AttemptCounters => Set<AttemptCounter>();
    public DbSet<Role> Roles => Set<Role>();
    public DbSet<RolePermission> RolePermissions => Set<RolePermission>();
    public DbSet<RoleMember> RoleMembers => Set<RoleMember>();
    public DbSet<UserPermission> UserPermissions => Set<UserPermission>();
    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<OrganizationConnection> OrganizationConnections => Set<OrganizationConnection>();
    public DbSet<OrganizationMember> OrganizationMembers => Set<OrganizationMember>();
    public DbSet<OrganizationMemberRole> OrganizationMemberRoles => Set<OrganizationMemberRole>();
    public DbSet<OrganizationClientGrant> OrganizationClientGrants => Set<OrganizationClientGrant>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<SessionClient> SessionClients => Set<SessionClient>();
    public DbSet<LogoutNotice> LogoutNotices => Set<LogoutNotice>();
    public DbSet<Grant> Grants => Set<Grant>();
    public DbSet<AuthorizationCode> AuthorizationCodes => Set<AuthorizationCode>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<SpentArtefact> SpentArtefacts => Set<SpentArtefact>();
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<TenantSettings> TenantSettings => Set<TenantSettings>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AuthDbContext).Assembly);
        SnakeCase.Apply(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();
        configurationBuilder.Properties<Scopes>().HaveConversion<ScopesText, ScopesComparer>();
        configurationBuilder.Properties<IReadOnlyList<string>>().HaveConversion<JsonText<IReadOnlyList<string>>, JsonComparer<IReadOnlyList<string>>>();
        configurationBuilder.Properties<IReadOnlyDictionary<string, string>>()
            .HaveConversion<JsonText<IReadOnlyDictionary<string, string>>, JsonComparer<IReadOnlyDictionary<string, string>>>();
        configurationBuilder.Properties<IReadOnlyDictionary<string, bool>>()
            .HaveConversion<JsonText<IReadOnlyDictionary<string, bool>>, JsonComparer<IReadOnlyDictionary<string, bool>>>();
        configurationBuilder.Properties<IReadOnlyList<ApiScope>>().HaveConversion<JsonText<IReadOnlyList<ApiScope>>, JsonComparer<IReadOnlyList<ApiScope>>>();
        configurationBuilder.Properties<RequestedClaims>().HaveConversion<JsonText<RequestedClaims>, JsonComparer<RequestedClaims>>();
        configurationBuilder.Properties<RefreshTokenPolicy>().HaveConversion<JsonText<RefreshTokenPolicy>, JsonComparer<RefreshTokenPolicy>>();
    }
}
