using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Branding;

internal static class BrandingEndpoints
{
    public static void MapBranding(this RouteGroupBuilder api)
    {
        api.MapGet("/branding", GetAsync).RequireScope("read:branding");
        api.MapPatch("/branding", UpdateAsync).RequireScope("update:branding");
    }

    private static async Task<IResult> GetAsync(BrandingService branding, CancellationToken ct) =>
        TypedResults.Ok(await branding.GetAsync(ct));

    private static async Task<IResult> UpdateAsync(JsonBody body, BrandingService branding, CancellationToken ct) =>
        TypedResults.Ok(await branding.UpdateAsync(body, ct));
}
