using AuthServer.Core.Tenants;
using AuthServer.Web.Http;
using AuthServer.Web.Startup;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages;

public sealed class GuideModel(Tenant tenant, IssuerSource issuers, DataDirectory data, IHostEnvironment environment) : PageModel
{
    /// <summary>Auth0's SDKs speak https alone: the https listener when there is one.</summary>
    public Issuer Issuer => issuers.All.FirstOrDefault(issuer => issuer.Value.StartsWith("https:", StringComparison.Ordinal)) ?? tenant.Issuer;

    public bool IsHttps => Issuer.Value.StartsWith("https:", StringComparison.Ordinal);

    /// <summary>What the SDKs call the domain: host and port.</summary>
    public string Domain => new Uri(Issuer.Value).Authority;

    /// <summary>The file that <c>NODE_EXTRA_CA_CERTS</c> wants; a path of the server's machine, which is told in Development only.</summary>
    public string? Authority =>
        environment.IsDevelopment() && IsHttps && System.IO.File.Exists(data.File(DevelopmentCertificate.AuthorityFile)) ? data.File(DevelopmentCertificate.AuthorityFile) : null;

    public string CurlTrust => Authority is { } file ? $" --cacert '{file}'" : "";
}
