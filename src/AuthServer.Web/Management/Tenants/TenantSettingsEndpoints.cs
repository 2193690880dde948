using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Tenants;

internal static class TenantSettingsEndpoints
{
    public static void MapTenantSettings(this RouteGroupBuilder api)
    {
        api.MapGet("/tenants/settings", GetAsync).RequireScope("read:tenant_settings");
        api.MapPatch("/tenants/settings", UpdateAsync).RequireScope("update:tenant_settings");
    }

    private static async Task<IResult> GetAsync(Fields fields, TenantSettingsService settings, CancellationToken ct) =>
        TypedResults.Ok(await settings.GetAsync(fields, ct));

    private static async Task<IResult> UpdateAsync(
        JsonBody body, TenantSettingsService settings, CancellationToken ct) =>
        TypedResults.Ok(await settings.UpdateAsync(body, ct));
}
