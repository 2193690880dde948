using AuthServer.Core.Tenants;
using AuthServer.Web.Startup;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Development;

/// <summary>How an application is created and connected, with this server's own values in the code.</summary>
public sealed class GuideModel(Tenant tenant, IssuerSource issuers, DataDirectory data, IHostEnvironment environment)
    : PageModel
{
    /// <summary>Auth0's SDKs only use https: the https listener when there is one.</summary>
    public Issuer Issuer => issuers.All.FirstOrDefault(IsOverTls) ?? tenant.Issuer;

    public bool IsHttps => IsOverTls(Issuer);

    public bool IsDevelopment => environment.IsDevelopment();

    /// <summary>Development's issuer without TLS, which is the same site as a page on http://localhost.</summary>
    public Issuer? HttpIssuer =>
        IsDevelopment && IsHttps ? issuers.All.FirstOrDefault(issuer => !IsOverTls(issuer)) : null;

    /// <summary>The domain setting of the SDKs: host and port.</summary>
    public string Domain => new Uri(Issuer.Value).Authority;

    /// <summary>
    /// The certificate authority that clients have to trust; a path of the server's machine, which is only shown in
    /// Development.
    /// </summary>
    public string? Authority =>
        IsDevelopment && IsHttps && System.IO.File.Exists(data.File(DevelopmentCertificate.AuthorityFile))
            ? data.File(DevelopmentCertificate.AuthorityFile)
            : null;

    public string CurlTrust => Authority is { } file ? $" --cacert '{file}'" : "";

    private static bool IsOverTls(Issuer issuer) => issuer.Value.StartsWith("https:", StringComparison.Ordinal);
}
