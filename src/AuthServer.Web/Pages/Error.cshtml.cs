using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages;

public sealed class ErrorModel(CurrentTenant current) : PageModel
{
    public PageError Error => HttpContext.Items[PageError.Key] as PageError ?? new PageError(PageErrorKind.General);

    public string RequestId => HttpContext.TraceIdentifier;

    public TenantSettings? Settings => current.TenantIfFound?.Settings;

    /// <summary>Link to continue with, and the key of its text.</summary>
    public (string Url, string Text) WayOn => Error switch
    {
        { WayOn: AccountApplication.Path } => (AccountApplication.Path, "Connect.Back"),
        { WayOn: { } login } when login.StartsWith("/u/login?", StringComparison.Ordinal) =>
            (login, "Error.WayOn.SignIn"),
        { WayOn: { } page } => (page, "Error.WayOn"),

        // The same address again.
        { Kind: PageErrorKind.Broken or PageErrorKind.Unavailable or PageErrorKind.TooMany } => ("", "Error.WayOn"),
        _ when Settings?.DefaultRedirectionUri is { Length: > 0 } application => (application, "Logout.Back"),
        _ => ("/", "Error.WayOn.Start"),
    };

    /// <summary>An https address, or none: an administrator writes it, and any user may click it.</summary>
    public string? SupportUrl =>
        Uri.TryCreate(Settings?.SupportUrl, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri.AbsoluteUri
            : null;

    public string? SupportEmail => Settings?.SupportEmail is { Length: > 0 } address ? address : null;
}
