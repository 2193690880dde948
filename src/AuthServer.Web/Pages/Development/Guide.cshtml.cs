using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.Development;

/// <summary>How an application is created and connected.</summary>
[UsesScript]
public sealed class GuideModel(GuideValues values) : PageModel
{
    public GuideValues Values => values;
}
