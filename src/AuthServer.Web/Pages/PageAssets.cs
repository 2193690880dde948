using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Web.Branding;
using AuthServer.Web.OutgoingHttp;

namespace AuthServer.Web.Pages;

/// <summary>
/// The style sheets, the script, the tenant's colour and the images. They need no cookie and set none.
/// </summary>
public static class PageAssets
{
    /// <summary>
    /// Key of the cache for the logos of clients, of which anyone may register some: they don't displace the tenant's.
    /// </summary>
    public const string ClientLogos = "clients";

    private static readonly string Sheet = Read("site.css");
    private static readonly string DashboardSheet = Sheet + Read("dashboard.css");
    private static readonly string Script = Read("page.js");

    public static string SheetUrl { get; } = "/assets/site.css?v=" + Brand.VersionOf(Sheet);

    public static string ScriptUrl { get; } = "/assets/page.js?v=" + Brand.VersionOf(Script);

    /// <summary>All style of the dashboard in one file, the tenant's colour too.</summary>
    public static string DashboardSheetUrlOf(Brand brand) =>
        "/assets/dashboard.css?v=" + Brand.VersionOf(DashboardSheetOf(brand));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/assets/site.css", ["GET", "HEAD"], (HttpContext http) => Css(http, Sheet));
        routes.MapMethods(
            "/assets/dashboard.css",
            ["GET", "HEAD"],
            (HttpContext http, Brand brand) => Css(http, DashboardSheetOf(brand)));
        routes.MapMethods(
            "/assets/page.js",
            ["GET", "HEAD"],
            (HttpContext http) => Text(http, Script, "text/javascript; charset=utf-8"));
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
        routes.MapMethods("/assets/favicon", ["GET", "HEAD"], FaviconAsync);
        routes.MapMethods("/assets/font", ["GET", "HEAD"], FontAsync);
        routes.MapMethods("/assets/provider", ["GET", "HEAD"], ProviderIconAsync);
        routes.MapMethods("/assets/client", ["GET", "HEAD"], ClientLogoAsync);
    }

    /// <summary>The sheets of a page as a browser with this colour scheme reads them.</summary>
    /// <param name="scheme"><c>light</c> or <c>dark</c>.</param>
    /// <param name="brand">Of the page.</param>
    public static string SheetIn(string scheme, Brand brand)
    {
        var other = scheme == "dark" ? "light" : "dark";
        return (Sheet + brand.Style())
            .Replace($"(prefers-color-scheme: {scheme})", "(min-width: 0)", StringComparison.Ordinal)
            .Replace($"(prefers-color-scheme: {other})", "(max-width: 0)", StringComparison.Ordinal)
            + $":root {{ color-scheme: {scheme}; }}";
    }

    /// <summary>The address of the icon of an identity provider that has one in its options.</summary>
    public static string IconPathOf(IdentityProvider provider) => "/assets/provider" + QueryString
        .Create("connection", provider.Connection.Name).Add("v", Brand.VersionOf(provider.IconUrl ?? ""));

    /// <summary>The address of a client's logo; null when none is shown.</summary>
    public static string? LogoPathOf(Client client) => LogoOf(client) is { } url
        ? "/assets/client" + QueryString.Create("client", client.ClientId).Add("v", Brand.VersionOf(url))
        : null;

    /// <summary>
    /// The URL of a client's logo, when it is shown. That of one that registered itself could imitate another
    /// application, and anyone could choose what this server fetches.
    /// </summary>
    private static string? LogoOf(Client client) => client.IsSelfRegistered ? null : client.LogoUri;

    private static string DashboardSheetOf(Brand brand) => DashboardSheet + brand.Style();

    private static async Task<IResult> LogoAsync(
        HttpContext http, OrganizationBrands brands, LogoCache logos, CancellationToken ct)
    {
        var brand = await brands.FindAsync(http, ct);
        return await ImageAsync(http, brand, brand.LogoUrl, logos, ct);
    }

    private static async Task<IResult> FaviconAsync(
        HttpContext http, OrganizationBrands brands, LogoCache logos, CancellationToken ct)
    {
        var brand = await brands.FindAsync(http, ct);
        return await ImageAsync(http, brand, brand.FaviconUrl, logos, ct);
    }

    private static async Task<IResult> ProviderIconAsync(
        HttpContext http,
        IConnectionStore connections,
        OrganizationBrands brands,
        LogoCache logos,
        CancellationToken ct)
    {
        var name = http.Request.Query["connection"].ToString();
        if (await connections.FindByNameAsync(name, ct) is not { } connection
            || IdentityProvider.Of(connection) is not { IconUrl: { } url } provider)
            return Results.NotFound();

        // Only who was shown the address gets an answer: names of connections can't be guessed here.
        if (http.Request.Query["v"] != Brand.VersionOf(url))
            return Results.NotFound();
        var brand = await brands.FindAsync(http, ct) with { Name = DisplayText.Of(provider.DisplayName) };
        return await ImageAsync(http, brand, url, logos, ct);
    }

    private static async Task<IResult> ClientLogoAsync(
        HttpContext http,
        IClientStore clients,
        Brand brand,
        [FromKeyedServices(ClientLogos)] LogoCache logos,
        CancellationToken ct)
    {
        var id = http.Request.Query["client"].ToString();
        if (await clients.FindAsync(id, ct) is not { } client
            || LogoOf(client) is not { } url
            || http.Request.Query["v"] != Brand.VersionOf(url))
            return Results.NotFound();
        return await ImageAsync(http, brand with { Name = DisplayText.Of(client.Name) }, url, logos, ct);
    }

    /// <summary>The monogram where there is no image.</summary>
    private static async Task<IResult> ImageAsync(
        HttpContext http, Brand brand, string? url, LogoCache images, CancellationToken ct)
    {
        if (url is null || await images.FindAsync(url, ct) is not { } image)
            return Svg(http, brand.Icon(), maxAge: 300);
        return Fetched(http, image);
    }

    private static async Task<IResult> FontAsync(
        HttpContext http, OrganizationBrands brands, FontCache fonts, CancellationToken ct) =>
        (await brands.FindAsync(http, ct)).FontUrl is { } url && await fonts.FindAsync(url, ct) is { } font
            ? Fetched(http, font)
            : Results.NotFound();

    /// <summary>A file of another host, opened by itself, is not a page of this server.</summary>
    private static IResult Fetched(HttpContext http, FetchedDocument document)
    {
        Sandbox(http);
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(document.Body, document.MediaType);
    }

    private static IResult Css(HttpContext http, string text) => Text(http, text, "text/css; charset=utf-8");

    private static IResult Text(HttpContext http, string text, string mediaType)
    {
        Keep(http, text);
        return Results.Text(text, mediaType);
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

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream("AuthServer.Web.Assets." + name)
            ?? throw new InvalidOperationException($"The file {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
