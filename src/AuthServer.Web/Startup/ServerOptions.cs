using AuthServer.Core.Tenants;
using AuthServer.Web.Actions;
using AuthServer.Web.Areas.Dashboard;
using AuthServer.Web.Cryptography;
using AuthServer.Web.Mail;

namespace AuthServer.Web.Startup;

/// <summary>
/// The <c>AuthServer</c> section of the configuration. An unknown key in it stops the start;
/// <see cref="ServerOptionsValidator"/> has the rules.
/// </summary>
public sealed class ServerOptions
{
    public const string Section = "AuthServer";

    /// <summary>
    /// <c>https://host[:port]/</c>. Needed in Production; in Development each listener is its own issuer without it.
    /// </summary>
    public string? Issuer { get; set; }

    /// <summary>The SQLite file and the keys.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>32 bytes in base64, the same on every node; the data directory's key file when not given.</summary>
    public string? MasterKey { get; set; }

    /// <summary>
    /// Addresses or CIDR blocks of proxies whose <c>X-Forwarded-For</c> is believed. None: the peer's own address
    /// counts.
    /// </summary>
    public IList<string> TrustedProxies { get; set; } = [];

    /// <summary>
    /// How long a stopping server continues to answer, so that proxies notice; 0 to 300. 3 when not given, 0 in
    /// Development.
    /// </summary>
    public int? DrainSeconds { get; set; }

    public HstsSettings Hsts { get; set; } = new();

    public BootstrapOptions Bootstrap { get; set; } = new();

    public RegistrationOptions Registration { get; set; } = new();

    /// <summary>
    /// For tests, only in Development: this server may fetch clients' documents from loopback addresses.
    /// </summary>
    public bool AllowLoopbackFetches { get; set; }

    public MailOptions Mail { get; set; } = new();

    public LogOptions Logs { get; set; } = new();

    public RateLimitOptions RateLimits { get; set; } = new();

    public ActionOptions Actions { get; set; } = new();

    public PasswordHashingOptions PasswordHashing { get; set; } = new();

    public DashboardOptions Dashboard { get; set; } = new();

    public TimeSpan DrainPeriod(bool isDevelopment) => TimeSpan.FromSeconds(DrainSeconds ?? (isDevelopment ? 0 : 3));

    /// <summary>The configured issuer; null in Development without one, and when it can't be read.</summary>
    public Issuer? ReadIssuer() => string.IsNullOrEmpty(Issuer)
        ? null
        : Core.Tenants.Issuer.TryParse(Issuer.EndsWith('/') ? Issuer : Issuer + "/");

    /// <exception cref="StartupException">A key of the section is unknown, or a value can't be read.</exception>
    public static void Bind(ServerOptions options, IConfiguration configuration)
    {
        try
        {
            configuration.GetSection(Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException unknown)
        {
            throw new StartupException($"The configuration section {Section} can't be read: {unknown.Message}");
        }
    }
}

/// <summary>The audit log.</summary>
public sealed class LogOptions
{
    /// <summary>How long an event is kept.</summary>
    public int RetentionDays { get; set; } = 30;

    /// <summary>How many refusals of one kind are kept; anyone can cause any number of them.</summary>
    public int RefusalsPerKind { get; set; } = 20_000;

    public IEnumerable<string> Validate()
    {
        if (RetentionDays is < 1 or > 36_500)
            yield return "AuthServer__Logs__RetentionDays must be between 1 and 36500.";
        if (RefusalsPerKind is < 1 or > 10_000_000)
            yield return "AuthServer__Logs__RefusalsPerKind must be between 1 and 10000000.";
    }
}

/// <summary>Limits of one address (docs/security.md has the reasons). Zero disables a limit.</summary>
public sealed class RateLimitOptions
{
    public bool Enabled { get; set; } = true;

    /// <summary>Requests to the token, revocation and introspection endpoints.</summary>
    public int TokenPerMinute { get; set; } = 600_000;

    /// <summary>Failed authentications of one client.</summary>
    public int FailedClientAuthenticationsPerMinute { get; set; } = 20;

    /// <summary>Forms that are sent from our pages: logins, sign-ups, consents.</summary>
    public int FormsPerMinute { get; set; } = 300;

    /// <summary>Pages, and authorization and logout requests.</summary>
    public int PagesPerMinute { get; set; } = 6_000;

    /// <summary>Requests that are pushed as clients without a secret, or that registered themselves.</summary>
    public int UnvettedPushesPerMinute { get; set; } = 60;

    /// <summary>DPoP proofs and assertions of such clients.</summary>
    public int UnvettedProofsPerMinute { get; set; } = 600;

    /// <summary>Calls of the Management API.</summary>
    public int ManagementPerMinute { get; set; } = 6_000;
}

/// <summary>
/// The <c>Strict-Transport-Security</c> header (RFC 6797), which Production sends for a year. Both concern hosts beside
/// the issuer's, so that they are the operator's decision.
/// </summary>
public sealed class HstsSettings
{
    public bool IncludeSubDomains { get; set; }

    /// <summary>Consent to the browsers' own lists (hstspreload.org).</summary>
    public bool Preload { get; set; }
}

/// <summary>
/// Error of the configuration or of the data directory. The message has the remedy, and is all that is printed.
/// </summary>
public sealed class StartupException(string message) : Exception(message);
