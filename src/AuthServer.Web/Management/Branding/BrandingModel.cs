using System.Text.Json;
using AuthServer.Core.Clients;
using AuthServer.Core.Tenants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Branding;

/// <summary>The members of the branding.</summary>
internal static class BrandingModel
{
    private const int ColorDigits = 6;

    public static ResourceSchema<TenantSettings> Wire { get; } =
        new ResourceSchema<TenantSettings>(s => s.Other, (s, v) => s.Other = v)
            .Nested("colors", s => s.PrimaryColor = null, Colors())
            .OptionalText("logo_url", s => s.PictureUrl, (s, v) => s.PictureUrl = v, Address)
            .Keep("favicon_url", Address, storedAs: "branding.favicon_url")
            .KeepMerged("font", kind: JsonValidators.ObjectOf("url", Address), storedAs: "branding.font");

    /// <summary>It goes into a style sheet, so nothing but six digits.</summary>
    public static string? Color(JsonElement value)
    {
        if (JsonValidators.Text(value) is { } mistyped)
            return mistyped;
        return value.GetString() is ['#', .. { Length: ColorDigits } digits] && digits.All(char.IsAsciiHexDigit)
            ? null
            : "Expected a colour such as #0059d6";
    }

    public static string? Address(JsonElement value) =>
        JsonValidators.Text(value) ?? ClientUris.Web(value.GetString()!);

    private static ResourceSchema<TenantSettings> Colors() =>
        new ResourceSchema<TenantSettings>(s => s.Other, (s, v) => s.Other = v)
            .OptionalText("primary", s => s.PrimaryColor, (s, v) => s.PrimaryColor = v, Color)
            .Keep("page_background", JsonValidators.Anything, storedAs: "branding.page_background");
}
