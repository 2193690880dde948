using System.Globalization;
using System.Linq.Expressions;
using AuthServer.Core.Model;
using AuthServer.Storage.Authorizations;
using AuthServer.Storage.Keys;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Scopes = AuthServer.Core.Scopes;

namespace AuthServer.Storage;

/// <summary>The one model. Each database has a derived context with its own migrations.</summary>
public abstract class AuthDbContext : DbContext
{
    /// <summary>
    /// A single statement is a transaction too, so that other nodes can be notified in it
    /// (<see cref="ConfigurationChangeInterceptor"/>).
    /// </summary>
#pragma warning disable MA0056 // Database is overridden nowhere.
    protected AuthDbContext(DbContextOptions options)
        : base(options) => Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
#pragma warning restore MA0056

    public DbSet<Client> Clients => Set<Client>();
    public DbSet<ClientCredential> ClientCredentials => Set<ClientCredential>();
    public DbSet<ClientGrant> ClientGrants => Set<ClientGrant>();
    public DbSet<ResourceServer> ResourceServers => Set<ResourceServer>();
    public DbSet<Connection> Connections => Set<Connection>();
    public DbSet<ConnectionClient> ConnectionClients => Set<ConnectionClient>();
    public DbSet<User> Users => Set<User>();
    public DbSet<UserIdentity> UserIdentities => Set<UserIdentity>();
    public DbSet<UserSearchTerm> UserSearchTerms => Set<UserSearchTerm>();
    public DbSet<PasswordCredential> PasswordCredentials => Set<PasswordCredential>();
    public DbSet<FormerPassword> FormerPasswords => Set<FormerPassword>();
    public DbSet<AttemptCounter> AttemptCounters => Set<AttemptCounter>();
    public DbSet<LoginCounter> LoginCounters => Set<LoginCounter>();
    public DbSet<KnownAddress> KnownAddresses => Set<KnownAddress>();
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
    public DbSet<Authorization> Authorizations => Set<Authorization>();
    public DbSet<Token> Tokens => Set<Token>();
    public DbSet<ReplayCacheEntry> ReplayCache => Set<ReplayCacheEntry>();
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<PasswordResetRequest> PasswordResetRequests => Set<PasswordResetRequest>();
    public DbSet<OutgoingEmail> OutgoingEmails => Set<OutgoingEmail>();
    public DbSet<EmailJob> EmailJobs => Set<EmailJob>();
    public DbSet<UserJob> UserJobs => Set<UserJob>();
    public DbSet<UserJobError> UserJobErrors => Set<UserJobError>();
    public DbSet<LogEvent> LogEvents => Set<LogEvent>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<TenantSettings> TenantSettings => Set<TenantSettings>();
    public DbSet<ActionDefinition> Actions => Set<ActionDefinition>();
    public DbSet<ActionVersion> ActionVersions => Set<ActionVersion>();
    public DbSet<ActionModule> ActionModules => Set<ActionModule>();
    public DbSet<ActionModuleVersion> ActionModuleVersions => Set<ActionModuleVersion>();
    public DbSet<ActionBinding> ActionBindings => Set<ActionBinding>();
    public DbSet<ActionExecution> ActionExecutions => Set<ActionExecution>();

    /// <summary>The permanent authorizations.</summary>
    public IQueryable<Authorization> Consents => Authorizations.Where(a => a.Type == AuthorizationTypes.Permanent);

    public IQueryable<Token> RefreshTokens => Tokens.Where(t => t.Type == TokenTypeIdentifiers.RefreshToken);

    public IQueryable<Token> PushedRequests => Tokens.Where(t => t.Type == TokenTypeIdentifiers.Private.RequestToken);

    /// <summary>Location of the database, for messages to the operator.</summary>
    public abstract string Place { get; }

    /// <summary>The database is a file of this server's own.</summary>
    public virtual bool IsEmbedded => false;

    /// <summary>The database does not exist yet, or no longer.</summary>
    public virtual bool IsMissing => false;

    /// <summary>Whether the database is sound, and its server keeps what it acknowledges.</summary>
    /// <param name="thorough">Run the checks that are too slow for a start; else only the fast ones.</param>
    /// <param name="ct">Ends the examination.</param>
    /// <returns>Description of the damage and of its repair, in sentences; null when there is none.</returns>
    public virtual Task<string?> CheckIntegrityAsync(bool thorough, CancellationToken ct) =>
        Task.FromResult<string?>(null);

    /// <summary>Does something, of any size, while no other node does anything under the same name.</summary>
    public virtual Task RunExclusiveAsync(string name, Func<Task> work, CancellationToken ct) => work();

    /// <summary>
    /// Within a transaction: no other transaction passes the same name until it ends. For decisions that read before
    /// they write; SQLite has one writer anyway.
    /// </summary>
    public virtual Task LockAsync(string name, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Until the transaction ends, no other one changes these users.</summary>
    /// <remarks>Rows are locked in one order: users, credentials, sessions, authorizations.</remarks>
    public virtual Task LockUsersAsync(string[] userIds, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// The open transaction has changed something that nodes cache (<see cref="ConfigurationChangeInterceptor"/>).
    /// </summary>
    internal bool HasChangedConfiguration { get; set; }

    /// <summary>The other nodes are notified when the transaction commits.</summary>
    internal virtual Task AnnounceAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Stops a read that takes too long.</summary>
    /// <param name="timeout">For each of its statements.</param>
    /// <param name="read">Reads from this context only.</param>
    /// <param name="ct">Ends the read.</param>
    /// <exception cref="TimeoutException">The read took longer.</exception>
    public abstract Task<T> ReadWithinAsync<T>(TimeSpan timeout, Func<Task<T>> read, CancellationToken ct);

    /// <summary>Whether a text has these literals in their order, with any characters between them.</summary>
    public abstract Expression<Func<string?, bool>> Matches(IReadOnlyList<string> literals);

    /// <summary>
    /// A text in upper case. In a query the database converts both the column and the search text, so that their case
    /// is converted by the same rules.
    /// </summary>
    [DbFunction("upper", IsBuiltIn = true)]
    public static string Upper(string text) => text.ToUpperInvariant();

    /// <summary>The day of a moment in UTC, such as <c>2026-11-21</c>.</summary>
    [DbFunction("date", IsBuiltIn = true)]
    public static string DayOf(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Whether a write was refused because a unique index has the same already.</summary>
    public abstract bool IsUniqueViolation(Exception failure);

    /// <summary>
    /// Whether a text was refused that no client has a right to send: a zero character, or more than a column holds.
    /// </summary>
    public virtual bool IsUnstorable(Exception failure) => false;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseOpenIddict<Client, Authorization, ResourceServer, Token, Guid>();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AuthDbContext).Assembly);
        SnakeCase.Apply(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTime>();
        configurationBuilder.Properties<Scopes>().HaveConversion<ScopesText, ScopesComparer>();
        configurationBuilder
            .Properties<IReadOnlyList<string>>()
            .HaveConversion<JsonText<IReadOnlyList<string>>, JsonComparer<IReadOnlyList<string>>>();
        configurationBuilder
            .Properties<IReadOnlyDictionary<string, string>>()
            .HaveConversion<
                JsonText<IReadOnlyDictionary<string, string>>,
                JsonComparer<IReadOnlyDictionary<string, string>>
            >();
        configurationBuilder
            .Properties<IReadOnlyDictionary<string, bool>>()
            .HaveConversion<
                JsonText<IReadOnlyDictionary<string, bool>>,
                JsonComparer<IReadOnlyDictionary<string, bool>>
            >();
        configurationBuilder
            .Properties<IReadOnlyList<ApiScope>>()
            .HaveConversion<JsonText<IReadOnlyList<ApiScope>>, JsonComparer<IReadOnlyList<ApiScope>>>();
        configurationBuilder
            .Properties<IReadOnlyList<ActionModuleReference>>()
            .HaveConversion<
                JsonText<IReadOnlyList<ActionModuleReference>>,
                JsonComparer<IReadOnlyList<ActionModuleReference>>
            >();
        configurationBuilder
            .Properties<RequestedClaims>()
            .HaveConversion<JsonText<RequestedClaims>, JsonComparer<RequestedClaims>>();
        configurationBuilder.Properties<TokenCustomization>()
            .HaveConversion<JsonText<TokenCustomization>, JsonComparer<TokenCustomization>>();
        configurationBuilder
            .Properties<ProofOfPossession>()
            .HaveConversion<JsonText<ProofOfPossession>, JsonComparer<ProofOfPossession>>();
        configurationBuilder
            .Properties<RefreshTokenPolicy>()
            .HaveConversion<JsonText<RefreshTokenPolicy>, JsonComparer<RefreshTokenPolicy>>();
        configurationBuilder.Properties<TokenQuota>().HaveConversion<JsonText<TokenQuota>, JsonComparer<TokenQuota>>();
        configurationBuilder
            .Properties<PageBackground>()
            .HaveConversion<JsonText<PageBackground>, JsonComparer<PageBackground>>();
    }
}
