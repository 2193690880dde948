using AuthServer.Core.Clients;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Http;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Areas.Dashboard.Pages;

/// <summary>Sends the browser to sign in: again for what takes a recent login, or with another account.</summary>
[AllowAnonymous]
internal sealed class SignInModel(DashboardSignIn signIn) : PageModel
{
    public IActionResult OnGet(string? returnTo, bool recent, bool another)
    {
        var path = returnTo is not null && Url.IsLocalUrl(returnTo) ? returnTo : DashboardApplication.Path;
        var request = new SignInRequest(path) { IsRecent = recent, ChoosesAccount = another };
        return new EndpointResult(Redirects.To(signIn.Begin(HttpContext, request)));
    }
}
