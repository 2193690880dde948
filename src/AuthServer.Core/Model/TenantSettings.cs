namespace AuthServer.Core.Model;

/// <summary>
/// Settings of <c>/api/v2/tenants/settings</c>, and the invariants that the protocol relies on. One row.
/// </summary>
public sealed class TenantSettings
{
    public const int TheId = 1;

    public int Id { get; init; } = TheId;

    public string FriendlyName { get; set; } = "AuthServer";
    public string? PictureUrl { get; set; }
    public string? SupportEmail { get; set; }
    public string? SupportUrl { get; set; }

    /// <summary>The tenant's colour on the pages, <c>#rrggbb</c>.</summary>
    public string? PrimaryColor { get; set; }

    /// <summary>Behind the card of a page; null: the style sheet's, which follows the colour scheme.</summary>
    public PageBackground? PageBackground { get; set; }
    public string? FaviconUrl { get; set; }

    /// <summary>Of the file of a font for the pages.</summary>
    public string? FontUrl { get; set; }

    /// <summary>
    /// Where the browser is sent with an error that no client may be told; null: this server's own page.
    /// </summary>
    public string? ErrorPageUrl { get; set; }

    /// <summary>
    /// The identifier of the API that is meant when a request names none; stored form,
    /// <see cref="Tenants.Issuer.Stored"/>.
    /// </summary>
    public string? DefaultAudience { get; set; }
    public string? DefaultDirectory { get; set; }
    public string? DefaultRedirectionUri { get; set; }
    public IReadOnlyList<string> AllowedLogoutUrls { get; set; } = [];
    public IReadOnlyList<string> EnabledLocales { get; set; } = Locales.All;

    /// <summary>Hours, may be fractional.</summary>
    public double SessionLifetime { get; set; } = 168;

    /// <summary>Hours, may be fractional.</summary>
    public double IdleSessionLifetime { get; set; } = 72;

    /// <summary>False: the browser forgets the session when it is closed.</summary>
    public bool HasPersistentSessionCookie { get; set; } = true;

    /// <summary>Hours, of a session whose cookie is not persistent.</summary>
    public double EphemeralSessionLifetime { get; set; } = 72;

    /// <summary>Hours, of a session whose cookie is not persistent.</summary>
    public double IdleEphemeralSessionLifetime { get; set; } = 24;

    /// <summary>For clients without a quota of their own; null for none.</summary>
    public TokenQuota? DefaultClientQuota { get; set; }

    /// <summary>For organizations without a quota of their own; null for none.</summary>
    public TokenQuota? DefaultOrganizationQuota { get; set; }

    /// <summary>
    /// One of <see cref="ThirdPartySecurityModes"/>, for clients that register from now on
    /// (docs/decisions/0009).
    /// </summary>
    public string DynamicClientRegistrationSecurityMode { get; set; } = ThirdPartySecurityModes.Permissive;

    /// <summary>One of <see cref="ResourceParameterProfiles"/> (docs/decisions/0010).</summary>
    public string ResourceParameterProfile { get; set; } = ResourceParameterProfiles.Audience;

    /// <summary>RFC 9126: there is an endpoint for them.</summary>
    public bool PushedAuthorizationRequestsSupported { get; set; } = true;

    /// <summary>A request may name an organization by its name, and tokens show it (<c>org_name</c>).</summary>
    public bool AllowOrganizationNames { get; set; }

    /// <summary>
    /// Known switches by name; what is absent is off unless <see cref="TenantFlags"/> says otherwise.
    /// </summary>
    public IReadOnlyDictionary<string, bool> Flags { get; set; } = new Dictionary<string, bool>(StringComparer.Ordinal);

    /// <summary>Encrypted, purpose <see cref="SubjectSaltPurpose"/>; made at a start that finds none.</summary>
    public byte[]? SubjectSaltSealed { get; set; }

    public const string SubjectSaltPurpose = "subject-salt";

    public bool Flag(string name) =>
        Flags.TryGetValue(name, out var on) && TenantFlags.CanBe(name, on) ? on : TenantFlags.OnByDefault(name);
}

/// <summary>Meaning of <c>resource</c> (RFC 8707) beside <c>audience</c>; docs/decisions/0010.</summary>
public static class ResourceParameterProfiles
{
    /// <summary>When both are sent, only <c>audience</c> counts.</summary>
    public const string Audience = "audience";

    /// <summary>When both are sent, they have to name the same API.</summary>
    public const string Compatibility = "compatibility";
}
