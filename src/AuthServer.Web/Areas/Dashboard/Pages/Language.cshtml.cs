using AuthServer.Core.Clients;
using AuthServer.Web.Http;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Areas.Dashboard.Pages;

/// <summary>Chooses the language of the pages in this browser.</summary>
internal sealed class LanguageModel : PageModel
{
    public IActionResult OnGet() => new EndpointResult(Redirects.To(DashboardApplication.Path));

    public IActionResult OnPost()
    {
        PageLanguage.Remember(HttpContext, Request.Posted("language"));
        var path = Request.Posted("return_to");
        return new EndpointResult(Redirects.To(Url.IsLocalUrl(path) ? path : DashboardApplication.Path));
    }
}
