using System.Net;
using AuthServer.Core.Tenants;
using AuthServer.Web.Mail;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Development;

/// <summary>
/// Email that Development stored instead of sending it. Its link is a secret: only this machine shows it.
/// </summary>
[DevelopmentOnly]
public sealed class OutboxModel(IEmailSender post, Tenant tenant) : PageModel
{
    public KeptEmail Kept { get; private set; } = null!;

    /// <summary>URL of the email's button: this server's, or the application's that an invitation leads to.</summary>
    public string? Link =>
        Array.Find(
            Kept.EmailMessage.Text.Split('\n'),
            line => line.StartsWith("http", StringComparison.Ordinal) && Uri.TryCreate(line, UriKind.Absolute, out _));

    /// <summary>Whether this browser may see what is kept: true only on the machine of a Development server.</summary>
    public static bool IsOpenTo(HttpContext http, IEmailSender post) => post is FileOutbox && IsHere(http);

    /// <returns>Null when this browser may not see them.</returns>
    public static IReadOnlyList<KeptEmail>? NewestFor(HttpContext http, IEmailSender post) =>
        post is FileOutbox outbox && IsHere(http) ? outbox.Newest(5) : null;

    public IActionResult OnGet(Guid id) => Open(id) ? Page() : NotFound();

    /// <summary>
    /// The email as a mail program shows it, for the page's frame: without scripts, an origin, or a way to load
    /// anything.
    /// </summary>
    public IActionResult OnGetHtml(Guid id)
    {
        if (!Open(id))
            return NotFound();
        Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors "
                + "'self'; sandbox";
        Response.Headers.XFrameOptions = "SAMEORIGIN";
        return Content(Kept.EmailMessage.Html, "text/html; charset=utf-8");
    }

    private bool Open(Guid id)
    {
        if (!IsHere(HttpContext) || (post as FileOutbox)?.Find(id) is not { } kept)
            return false;
        Kept = kept;
        PageHeaders.Set(Response, frames: [tenant.Issuer.Value]);
        return true;
    }

    /// <summary>
    /// From this machine, and by a host name of this server: a page of another site whose own name was made to resolve
    /// to this machine sends that name (DNS rebinding).
    /// </summary>
    private static bool IsHere(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && IsOwnName(http);

    private static bool IsOwnName(HttpContext http)
    {
        var host = http.Request.Host.Host;
        var issuers = http.RequestServices.GetRequiredService<IssuerSource>().All;
        return host is "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
            || issuers.Any(issuer => string.Equals(issuer.Uri.Host, host, StringComparison.OrdinalIgnoreCase));
    }
}
