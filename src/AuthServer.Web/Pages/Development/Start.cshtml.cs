using System.Reflection;
using AuthServer.Core.Tenants;
using AuthServer.Web.Startup;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Development;

public sealed class StartModel(
    Tenant tenant, IssuerSource issuers, ServerOptions options, IHostEnvironment environment)
    : PageModel
{
    /// <summary>Without the build's hash.</summary>
    public static string Version { get; } =
        typeof(StartModel)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "";

    public Issuer Issuer => tenant.Issuer;

    public IEnumerable<Issuer> OtherIssuers => issuers.All.Where(issuer => issuer != tenant.Issuer);

    public string Environment => environment.EnvironmentName;

    public bool MayTry => environment.IsDevelopment();

    public bool HasDashboard => options.Dashboard.IsOpenTo(HttpContext.Connection.RemoteIpAddress);
}
