using System.Text.Json;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Branding;

/// <summary>How the pages look: members of the tenant's settings.</summary>
internal static class BrandingModel
{
    public static ResourceSchema<TenantSettings> Wire { get; } = new ResourceSchema<TenantSettings>()
        .Nested("colors", ResetColors, new ResourceSchema<TenantSettings>()
            .OptionalText("primary", s => s.PrimaryColor, (s, v) => s.PrimaryColor = v, Color)
            .With(PageBackgroundModel.Member))
        .OptionalText("logo_url", s => s.PictureUrl, (s, v) => s.PictureUrl = v, Address)
        .OptionalText("favicon_url", s => s.FaviconUrl, (s, v) => s.FaviconUrl = v, Address)
        .Nested("font", s => s.FontUrl = null, new ResourceSchema<TenantSettings>()
            .OptionalText("url", s => s.FontUrl, (s, v) => s.FontUrl = v, Address));

    /// <summary>Six digits only, because it goes into a style sheet.</summary>
    public static string? Color(JsonElement value) => JsonValidators.Text(value)
        ?? (value.GetString() is ['#', .. { Length: 6 } digits] && digits.All(char.IsAsciiHexDigit)
            ? null
            : "Expected a colour such as #0059d6");

    public static string? Address(JsonElement value) =>
        JsonValidators.Text(value) ?? ClientUris.Web(value.GetString()!);

    private static void ResetColors(TenantSettings settings) =>
        (settings.PrimaryColor, settings.PageBackground) = (null, null);
}
