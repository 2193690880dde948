using AuthServer.Web.Branding;

namespace AuthServer.Web.Pages;

/// <summary>The style sheet, the tenant's colour and the images. They need no cookie and set none.</summary>
public static class PageAssets
{
    private static readonly string Sheet = ReadSheet();

    public static string SheetUrl { get; } = "/assets/site.css?v=" + Brand.VersionOf(Sheet);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/assets/site.css", ["GET", "HEAD"], (HttpContext http) => Css(http, Sheet));
        routes.MapMethods(
            "/assets/tenant.css",
            ["GET", "HEAD"],
            async (HttpContext http, OrganizationBrands brands, CancellationToken ct) =>
                Css(http, (await brands.FindAsync(http, ct)).Style()));
        routes.MapMethods(
            "/assets/icon.svg",
            ["GET", "HEAD"],
            async (HttpContext http, OrganizationBrands brands, CancellationToken ct) =>
                Svg(http, (await brands.FindAsync(http, ct)).Icon()));
        routes.MapMethods("/assets/logo", ["GET", "HEAD"], LogoAsync);
    }

    private static async Task<IResult> LogoAsync(
        HttpContext http, OrganizationBrands brands, LogoCache logos, CancellationToken ct)
    {
        var brand = await brands.FindAsync(http, ct);
        if (brand.LogoUrl is not { } url || await logos.FindAsync(url, ct) is not { } logo)
            return Svg(http, brand.Icon(), maxAge: 300);

        // An image of another party, opened by itself, must not act as a page of this server.
        Sandbox(http);
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(logo.Body, logo.MediaType);
    }

    private static IResult Css(HttpContext http, string text)
    {
        Keep(http, text);
        return Results.Text(text, "text/css; charset=utf-8");
    }

    private static IResult Svg(HttpContext http, string text, int? maxAge = null)
    {
        Sandbox(http);
        if (maxAge is { } seconds)
            http.Response.Headers.CacheControl = $"public, max-age={seconds}";
        else
            Keep(http, text);
        return Results.Text(text, "image/svg+xml; charset=utf-8");
    }

    private static void Sandbox(HttpContext http) =>
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";

    /// <summary>For ever under the URL that names this very content; a minute under any other.</summary>
    private static void Keep(HttpContext http, string content) =>
        http.Response.Headers.CacheControl =
            http.Request.Query["v"] == Brand.VersionOf(content)
                ? "public, max-age=31536000, immutable"
                : "public, max-age=60";

    private static string ReadSheet()
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream("AuthServer.Web.Assets.site.css")
            ?? throw new InvalidOperationException("The style sheet is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
