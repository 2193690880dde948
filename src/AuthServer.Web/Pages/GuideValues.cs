using AuthServer.Core.Tenants;
using AuthServer.Web.Startup;
using AuthServer.Web.Tenancy;

namespace AuthServer.Web.Pages;

/// <summary>This server's own values in the code that connects an application.</summary>
public sealed record GuideValues(
    Tenant Tenant, IssuerSource Issuers, DataDirectory Data, IHostEnvironment Environment)
{
    /// <summary>The application's; a placeholder in the guide.</summary>
    public string ClientId { get; init; } = "CLIENT_ID";

    /// <summary>Auth0's SDKs only use https: the https listener when there is one.</summary>
    public Issuer Issuer => Issuers.All.FirstOrDefault(IsOverTls) ?? Tenant.Issuer;

    public bool IsHttps => IsOverTls(Issuer);

    public bool IsDevelopment => Environment.IsDevelopment();

    /// <summary>Development's issuer without TLS, which is the same site as a page on http://localhost.</summary>
    public Issuer? HttpIssuer =>
        IsDevelopment && IsHttps ? Issuers.All.FirstOrDefault(issuer => !IsOverTls(issuer)) : null;

    /// <summary>What the SDKs call the domain: host and port.</summary>
    public string Domain => new Uri(Issuer.Value).Authority;

    /// <summary>
    /// The certificate authority that clients have to trust; a path of the server's machine, which is only shown in
    /// Development.
    /// </summary>
    public string? Authority =>
        IsDevelopment && IsHttps && System.IO.File.Exists(Data.File(DevelopmentCertificate.AuthorityFile))
            ? Data.File(DevelopmentCertificate.AuthorityFile)
            : null;

    public string CurlTrust => Authority is { } file ? $" --cacert '{file}'" : "";

    private static bool IsOverTls(Issuer issuer) => issuer.Value.StartsWith("https:", StringComparison.Ordinal);
}
