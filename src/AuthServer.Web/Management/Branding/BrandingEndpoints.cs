using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Branding;

/// <summary>How the pages look. It is a part of the tenant's settings under another name.</summary>
internal static class BrandingEndpoints
{
    public static void MapBranding(this RouteGroupBuilder api)
    {
        api.MapGet("/branding", GetAsync).RequireScope("read:branding");
        api.MapPatch("/branding", UpdateAsync).RequireScope("update:branding");
    }

    private static async Task<IResult> GetAsync(AuthDbContext db, CancellationToken ct) =>
        Results.Json(BrandingModel.Wire.Write(await db.TenantSettings.AsNoTracking().SingleAsync(ct)));

    private static async Task<IResult> UpdateAsync(
        JsonBody body, AuthDbContext db, TenantWrites writes, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var settings = await db.TenantSettings.SingleAsync(ct);
        if (BrandingModel.Wire.Apply(body, settings, Change.Update) is { } malformed)
            return malformed;

        await write.SaveAsync(ct);
        return Results.Json(BrandingModel.Wire.Write(settings));
    }
}
