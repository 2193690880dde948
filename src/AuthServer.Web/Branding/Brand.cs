using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Tenants;

namespace AuthServer.Web.Branding;

/// <summary>How the tenant looks: its name, colour and logo.</summary>
/// <param name="Name">Shown on every page.</param>
/// <param name="Colour">Of buttons.</param>
/// <param name="LogoUrl">As it stands in the settings; null for a monogram.</param>
public sealed record Brand(string Name, Colour Colour, string? LogoUrl)
{
    /// <summary>The surfaces of <c>site.css</c> on which links and marks in the tenant's colour stand.</summary>
    private static readonly Colour LightSurface = Colour.Parse("#f4f5f8")!.Value;
    private static readonly Colour DarkSurface = Colour.Parse("#1b1d24")!.Value;
    private static readonly Colour OurColour = Colour.Parse("#4f46e5")!.Value;

    /// <summary>The first character of the name, for tenants without a logo.</summary>
    public string Monogram => Name.Length == 0 ? "A" : StringInfo.GetNextTextElement(Name).ToUpperInvariant();

    public string StyleUrl => "/assets/tenant.css?v=" + VersionOf(Style());

    public string LogoPath => "/assets/logo?v=" + VersionOf(LogoUrl ?? "");

    public string IconPath => "/assets/icon.svg?v=" + VersionOf(Icon());

    public static Brand Of(TenantSettings? settings) => new(
        settings is null ? "AuthServer" : DisplayText.Of(settings.FriendlyName) is { Length: > 0 } name ? name : "AuthServer",
        Colour.Parse(settings?.PrimaryColor) ?? OurColour,
        string.IsNullOrEmpty(settings?.PictureUrl) ? null : settings.PictureUrl);

    /// <summary>The colour with all that is computed from it, readable in both schemes.</summary>
    public string Style() =>
        $$"""
        :root { --brand: {{Colour}}; --on-brand: {{Colour.TextOnIt}}; --brand-hover: {{Hover}}; --brand-ink: {{Colour.ReadableOn(LightSurface)}}; }
        @media (prefers-color-scheme: dark) { :root { --brand-ink: {{Colour.ReadableOn(DarkSurface)}}; } }

        """;

    /// <summary>The monogram as a picture: the icon of the browser's tab, and what stands where a logo can't be had.</summary>
    public string Icon() =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="16" fill="{Colour}"/><text x="32" y="33" font-family="system-ui,sans-serif" font-size="34" font-weight="650" fill="{Colour.TextOnIt}" text-anchor="middle" dominant-baseline="central">{WebUtility.HtmlEncode(Monogram)}</text></svg>
        """;

    public static string VersionOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..12];

    /// <summary>A little towards the text's opposite, so that the text stays readable.</summary>
    private Colour Hover => Colour.Mix(Colour.TextOnIt == Colour.White ? Colour.Black : Colour.White, 0.12);
}
