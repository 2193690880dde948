using AuthServer.Core.Sessions;
using AuthServer.Web.Branding;
using AuthServer.Web.Federation;
using AuthServer.Web.Http;
using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.SignIn;

public sealed class LogoutModel(PendingLogouts logouts, BrowserSession session, FederatedLogout logout) : PageModel
{
    private PendingLogout? pending;

    public SignedIn? SignedIn { get; private set; }

    /// <summary>The user chose not to.</summary>
    public bool Stayed { get; private set; }

    public string? ClientName => pending?.ClientName is { Length: > 0 } name ? DisplayText.Of(name) : null;

    /// <summary>Back to the application that asked; for a user who is signed out already.</summary>
    public string? Destination => pending?.Destination;

    /// <summary>
    /// The application registered itself: the page says where it leads, and does not go there by itself.
    /// </summary>
    public bool IsUnverified => pending?.UnverifiedClientId is not null;

    /// <summary>Applications that are notified in frames: only when no user is signed in, and never before.</summary>
    public IReadOnlyList<string> Frames => SignedIn is null && pending is { } ended ? ended.Frames : [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Open();
        SignedIn = await session.FindAsync(ct);
        PageHeaders.Set(Response, Leads, Frames);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Open();
        if (Request.Form["action"] is ["cancel"])
        {
            SignedIn = await session.FindAsync(ct);
            Stayed = SignedIn is not null;
            return Page();
        }

        pending ??= new PendingLogout(null, null, null);
        return new EndpointResult(Redirects.To(await logout.EndAsync(pending, ct)));
    }

    private void Open()
    {
        pending = logouts.Open(Request.Query["state"]);
        PageHeaders.Set(Response, Leads);
    }

    /// <summary>
    /// URLs that the form may lead to: back to the application, and to an identity provider on the way.
    /// </summary>
    private string? Leads =>
        pending?.PostLogoutRedirectUri ?? (pending is { Federated: true } ? "https://provider/" : null);
}
