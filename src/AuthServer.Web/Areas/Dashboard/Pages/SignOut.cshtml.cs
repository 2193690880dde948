using AuthServer.Core.Clients;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Federation;
using AuthServer.Web.Http;
using AuthServer.Web.Pages;
using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Areas.Dashboard.Pages;

/// <summary>
/// Ends the dashboard's session and the one at the authorization server, which would open the dashboard again.
/// </summary>
[AllowAnonymous]
internal sealed class SignOutModel(FederatedLogout logout) : PageModel
{
    public IActionResult OnGet() => new EndpointResult(Redirects.To(DashboardApplication.Path));

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await HttpContext.SignOutAsync(DashboardAuthentication.Scheme);
        return new EndpointResult(Redirects.To(await logout.EndAsync(new PendingLogout(null, null, null), ct)));
    }
}
