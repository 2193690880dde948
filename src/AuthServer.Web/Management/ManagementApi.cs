using AuthServer.Web.Management.Actions;
using AuthServer.Web.Management.Blocks;
using AuthServer.Web.Management.Branding;
using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Grants;
using AuthServer.Web.Management.Jobs;
using AuthServer.Web.Management.Keys;
using AuthServer.Web.Management.Logs;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Search;
using AuthServer.Web.Management.Sessions;
using AuthServer.Web.Management.Stats;
using AuthServer.Web.Management.Tenants;
using AuthServer.Web.Management.Tickets;
using AuthServer.Web.Management.Users;

namespace AuthServer.Web.Management;

/// <summary>Auth0's Management API.</summary>
public static class ManagementApi
{
    public const string Root = "/api/v2";

    public static IServiceCollection AddManagementApi(this IServiceCollection services) => services
        .AddSingleton<ManagementOperations>()
        .AddScoped<TenantWrites>()
        .AddSingleton(SearchLimits.Default)
        .AddScoped<BoundedSearch>()
        .AddScoped<PrivilegeEscalationGuard>()
        .AddScoped<ActionBindingService>()
        .AddScoped<ActionDeployment>()
        .AddScoped<ActionModulePublication>()
        .AddScoped<ActionModuleService>()
        .AddScoped<ActionService>()
        .AddScoped<ActionTestService>()
        .AddScoped<ActionVersionService>()
        .AddScoped<AdministratorService>()
        .AddScoped<BlockService>()
        .AddScoped<BrandingService>()
        .AddScoped<ClientActivity>()
        .AddScoped<ClientAnswers>()
        .AddScoped<ClientCredentialService>()
        .AddScoped<ClientGrantService>()
        .AddScoped<ClientService>()
        .AddScoped<ConnectionClientService>()
        .AddScoped<ConnectionService>()
        .AddScoped<ConnectionUsers>()
        .AddScoped<GrantService>()
        .AddScoped<ImportedHashTimes>()
        .AddScoped<InvitationService>()
        .AddScoped<JobService>()
        .AddScoped<LogService>()
        .AddScoped<OrganizationClientGrantService>()
        .AddScoped<OrganizationConnectionService>()
        .AddScoped<OrganizationListService>()
        .AddScoped<OrganizationMemberRoleService>()
        .AddScoped<OrganizationMemberService>()
        .AddScoped<OrganizationService>()
        .AddSingleton<ProviderOptions>()
        .AddScoped<RefreshTokenService>()
        .AddScoped<ResourceServerService>()
        .AddScoped<RoleMemberService>()
        .AddScoped<RolePermissionService>()
        .AddScoped<RoleService>()
        .AddScoped<SessionService>()
        .AddScoped<SigningKeyService>()
        .AddScoped<StatsService>()
        .AddScoped<TenantSettingsService>()
        .AddScoped<TicketService>()
        .AddScoped<UserAccess>()
        .AddScoped<UserDownloads>()
        .AddScoped<UserIdentityService>()
        .AddScoped<UserImport>()
        .AddScoped<UserImportClaims>()
        .AddHostedService<UserImportJob>()
        .AddScoped<UserJobService>()
        .AddScoped<UserPermissionService>()
        .AddScoped<UserService>()
        .AddScoped<UserUpdateService>()
        .AddScoped<UserVerification>();

    public static void MapManagementApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root);
        api.AddEndpointFilter(ManagementEvents.RecordAsync);
        ((IEndpointConventionBuilder)api).Finally(ManagementGuard.Protect);
        api.MapTenantSettings();
        api.MapBranding();
        api.MapClients();
        api.MapClientCredentials();
        api.MapResourceServers();
        api.MapClientGrants();
        api.MapConnections();
        api.MapConnectionClients();
        api.MapUsers();
        api.MapUserIdentities();
        api.MapBlocks();
        api.MapUserRoles();
        api.MapUserPermissions();
        api.MapRoles();
        api.MapRolePermissions();
        api.MapRoleMembers();
        api.MapOrganizations();
        api.MapOrganizationMembers();
        api.MapOrganizationMemberRoles();
        api.MapOrganizationConnections();
        api.MapOrganizationClientGrants();
        api.MapInvitations();
        api.MapSessions();
        api.MapUserSessions();
        api.MapRefreshTokens();
        api.MapDeviceCredentials();
        api.MapGrants();
        api.MapSigningKeys();
        api.MapTickets();
        api.MapJobs();
        api.MapActions();
        api.MapActionVersions();
        api.MapActionModules();
        api.MapActionTriggers();
        api.MapLogs();
        api.MapStats();
        api.MapUnknownRoutes();
        routes.MapUserDownloads();
    }
}
