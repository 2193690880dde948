using AuthServer.Core.Clients;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Http;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Areas.Dashboard.Pages;

/// <summary>The dashboard's redirect URI. Its page leads on, so that the code leaves the address bar.</summary>
[AllowAnonymous]
internal sealed class CallbackModel(DashboardSignIn signIn) : PageModel
{
    public string Next { get; private set; } = DashboardApplication.Path;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Request.Query.ContainsKey("error") && signIn.IsExpected(HttpContext))
            return new EndpointResult(Redirects.To("/"));
        if (await signIn.CompleteAsync(HttpContext, ct) is not { } next)
            return new PageErrorResult(new PageError(PageErrorKind.Expired) { WayOn = DashboardApplication.Path });
        Next = next;
        return Page();
    }
}
