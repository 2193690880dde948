using AuthServer.Core.Tenants;
using AuthServer.Web.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages;

public sealed class ErrorModel(CurrentTenant current) : PageModel
{
    public PageError Error => HttpContext.Items[PageError.Key] as PageError ?? new PageError(PageErrorKind.General);

    public string RequestId => HttpContext.TraceIdentifier;

    public TenantSettings? Settings => current.TenantIfFound?.Settings;

    /// <summary>An https address, or none: this one is written by an administrator and clicked by everybody.</summary>
    public string? SupportUrl => Uri.TryCreate(Settings?.SupportUrl, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri.AbsoluteUri : null;

    public string? SupportEmail => Settings?.SupportEmail is { Length: > 0 } address ? address : null;
}
