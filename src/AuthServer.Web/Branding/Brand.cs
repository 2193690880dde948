using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Model;

namespace AuthServer.Web.Branding;

/// <summary>Brand of the tenant, or of the organization that a page is for: name, colour and logo.</summary>
/// <param name="Name">Shown on every page.</param>
/// <param name="Colour">Of buttons.</param>
/// <param name="LogoUrl">As in the settings; null for a monogram.</param>
public sealed record Brand(string Name, Colour Colour, string? LogoUrl)
{
    /// <summary>The name of a tenant that has none of its own.</summary>
    public const string ProductName = "AuthServer";

    /// <summary>The surfaces of <c>site.css</c> on which links and marks in the tenant's colour stand.</summary>
    private static readonly Colour LightSurface = Colour.Parse("#f4f5f8")!.Value;
    private static readonly Colour DarkSurface = Colour.Parse("#1b1d24")!.Value;
    private static readonly Colour OurColour = Colour.Parse("#4f46e5")!.Value;

    /// <summary>The organization whose looks these are; null for the tenant's own.</summary>
    public string? OrganizationId { get; private init; }

    /// <summary>Behind the card of a narrow page; null: ours, which follows the colour scheme.</summary>
    public PageBackground? Background { get; private init; }

    /// <summary>As it stands in the settings; null for the monogram.</summary>
    public string? FaviconUrl { get; private init; }

    /// <summary>As it stands in the settings; null for the fonts of the system.</summary>
    public string? FontUrl { get; private init; }

    /// <summary>The first character of the name, for tenants without a logo.</summary>
    public string Monogram => Name.Length == 0 ? "A" : StringInfo.GetNextTextElement(Name).ToUpperInvariant();

    public string StyleUrl => Asset("tenant.css", Style());

    public string LogoPath => Asset("logo", LogoUrl ?? "");

    public string IconPath => FaviconUrl is null ? Asset("icon.svg", Icon()) : Asset("favicon", FaviconUrl);

    /// <summary>Of links and marks on light pages: the colour, darker where it would not be readable.</summary>
    public Colour LightInk => Colour.ReadableOn(LightSurface);

    /// <summary>Of links and marks on dark pages: the colour, lighter where it would not be readable.</summary>
    public Colour DarkInk => Colour.ReadableOn(DarkSurface);

    public static Brand Of(TenantSettings? settings) => new(
        settings is not null && DisplayText.Of(settings.FriendlyName) is { Length: > 0 } name ? name : ProductName,
        Colour.Parse(settings?.PrimaryColor) ?? OurColour,
        string.IsNullOrEmpty(settings?.PictureUrl) ? null : settings.PictureUrl)
    {
        Background = settings?.PageBackground,
        FaviconUrl = settings?.FaviconUrl,
        FontUrl = settings?.FontUrl,
    };

    /// <summary>The organization's own name; its logo and colours where it has some, else the tenant's.</summary>
    public static Brand Of(TenantSettings? settings, Organization? organization)
    {
        var tenant = Of(settings);
        return organization is null ? tenant : tenant with
        {
            Name = DisplayText.Of(organization.Title) is { Length: > 0 } title ? title : organization.Name,
            Colour = Colour.Parse(organization.PrimaryColor) ?? tenant.Colour,
            LogoUrl = organization.LogoUrl ?? tenant.LogoUrl,
            OrganizationId = organization.Id,
            Background = organization.PageBackground is { } colour ? new PageBackground(colour) : tenant.Background,
        };
    }

    /// <summary>The colour with all that is computed from it, readable in both schemes.</summary>
    public string Style() =>
        $$"""
        :root { {{FillStyle(Colour)}} --brand-ink: {{LightInk}}; }
        @media (prefers-color-scheme: dark) {
            :root { {{FillStyle(DarkFill)}} --brand-ink: {{DarkInk}}; }
        }
        {{BackgroundStyle}}
        {{FontStyle}}
        """;

    /// <summary>Lighter where it would vanish on the dark card.</summary>
    private Colour DarkFill => Colour.ReadableOn(DarkSurface, Colour.VisibleContrast);

    /// <summary>
    /// The monogram as a picture: the icon of the browser's tab, and what stands where a logo can't be had.
    /// </summary>
    public string Icon() =>
        $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="16"
            fill="{Colour}"/><text x="32" y="33" font-family="system-ui,sans-serif" font-size="34" font-weight="650"
            fill="{Colour.TextOnIt}" text-anchor="middle"
            dominant-baseline="central">{WebUtility.HtmlEncode(Monogram)}</text></svg>
            """;

    private string Asset(string name, string content) =>
        $"/assets/{name}?{(OrganizationId is null ? "" : $"organization={OrganizationId}&")}v={VersionOf(content)}";

    public static string VersionOf(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..12];

    /// <summary>
    /// Background of wide pages in the light scheme, behind the card; text beside the card has to stay readable.
    /// </summary>
    private string BackgroundStyle => Background is { } background && Colour.Parse(background.Start) is { } start
        ? $$"""
        @media (prefers-color-scheme: light) and (min-width: 40rem) {
            body.narrow { background: {{BackgroundOf(background, start)}}; }
            body.narrow .foot { {{FootOn(start, Colour.Parse(background.End) ?? start)}} }
        }

        """
        : "";

    private string FontStyle => FontUrl is { } url
        ? $$"""
        @font-face { font-family: "tenant"; src: url("{{Asset("font", url)}}"); font-display: swap; }
        :root { --font: "tenant", var(--system-font); }

        """
        : "";

    private static string BackgroundOf(PageBackground background, Colour start) =>
        Colour.Parse(background.End) is { } end
            ? string.Create(CultureInfo.InvariantCulture, $"linear-gradient({background.Degrees}deg, {start}, {end})")
            : start.ToString();

    /// <summary>On a gradient from dark to light the text has a ground of its own.</summary>
    private static string FootOn(Colour start, Colour end) => start.TextOnIt == end.TextOnIt
        ? $"color: {end.TextOnIt};"
        : $"color: {start.TextOnIt}; background: {start};";

    private static string FillStyle(Colour fill) =>
        $"--brand: {fill}; --on-brand: {fill.TextOnIt}; --brand-hover: {HoverOf(fill)};";

    /// <summary>A little towards the text's opposite, so that the text stays readable.</summary>
    private static Colour HoverOf(Colour fill) =>
        fill.Mix(fill.TextOnIt == Colour.White ? Colour.Black : Colour.White, 0.12);
}
