using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Branding;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Areas.Dashboard.Pages.Branding;

/// <summary>
/// The look of the sign-in page in one colour scheme, for a frame of the dashboard. Its form can't be used, and other
/// sites can't show it.
/// </summary>
[RequiresScope("read:branding")]
internal sealed class PreviewModel(Brand brand) : PageModel
{
    public const string Light = "light";
    public const string Dark = "dark";

    private const string Path = "/dashboard/branding/preview";

    [FromQuery]
    public string? Scheme { get; set; }

    public string SheetUrl => Path + QueryString.Create("handler", "sheet")
        .Add("scheme", Scheme == Dark ? Dark : Light)
        .Add("v", Brand.VersionOf(Sheet));

    private string Sheet => PageAssets.SheetIn(Scheme == Dark ? Dark : Light, brand);

    public static string PathOf(bool isDark, string language) => Path + QueryString
        .Create("scheme", isDark ? Dark : Light).Add("ui_locales", language);

    public void OnGet()
    {
        Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
                + "form-action 'none'; frame-ancestors 'self'";
        Response.Headers.XFrameOptions = "SAMEORIGIN";
    }

    /// <summary>The style sheets of the page, without those of the other scheme.</summary>
    public ContentResult OnGetSheet() => Content(Sheet, "text/css; charset=utf-8");
}
