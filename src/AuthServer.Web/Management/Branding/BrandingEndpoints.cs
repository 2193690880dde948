using AuthServer.Core.Clients;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Branding;

/// <summary>How the pages look. It is a part of the tenant's settings under another name.</summary>
internal static class BrandingEndpoints
{
    private static readonly ResourceSchema<TenantSettings> Wire = new ResourceSchema<TenantSettings>(
        s => s.Other,
        (s, v) => s.Other = v)
        .Nested(
            "colors",
            s => s.PrimaryColor = null,
            new ResourceSchema<TenantSettings>(s => s.Other, (s, v) => s.Other = v)
                .OptionalText("primary", s => s.PrimaryColor, (s, v) => s.PrimaryColor = v, Color)
                .Keep("page_background", JsonValidators.Anything, storedAs: "branding.page_background"))
        .OptionalText("logo_url", s => s.PictureUrl, (s, v) => s.PictureUrl = v, Address)
        .Keep("favicon_url", Address, storedAs: "branding.favicon_url")
        .KeepMerged("font", kind: JsonValidators.ObjectOf("url", Address), storedAs: "branding.font");

    public static void MapBranding(this RouteGroupBuilder api)
    {
        api.MapGet("/branding", GetAsync).RequireScope("read:branding");
        api.MapPatch("/branding", UpdateAsync).RequireScope("update:branding");
    }

    private static async Task<IResult> GetAsync(AuthDbContext db, CancellationToken ct) =>
        Results.Json(Wire.Write(await db.TenantSettings.AsNoTracking().SingleAsync(ct)));

    private static async Task<IResult> UpdateAsync(
        JsonBody body, AuthDbContext db, TenantWrites writes, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var settings = await db.TenantSettings.SingleAsync(ct);
        if (Wire.Apply(body, settings, Change.Update) is { } malformed)
            return malformed;

        await write.SaveAsync(ct);
        return Results.Json(Wire.Write(settings));
    }

    /// <summary>It goes into a style sheet, so nothing but six digits.</summary>
    public static string? Color(System.Text.Json.JsonElement value) =>
        JsonValidators.Text(value)
        ?? (
            value.GetString() is ['#', .. { Length: 6 } digits] && digits.All(char.IsAsciiHexDigit)
                ? null
                : "Expected a colour such as #0059d6");

    public static string? Address(System.Text.Json.JsonElement value) =>
        JsonValidators.Text(value) ?? ClientUris.Web(value.GetString()!);
}
