using System.Text.Json.Nodes;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Tenants;

internal static class TenantSettingsEndpoints
{
    public static void MapTenantSettings(this RouteGroupBuilder api)
    {
        api.MapGet("/tenants/settings", GetAsync).RequireScope("read:tenant_settings");
        api.MapPatch("/tenants/settings", UpdateAsync).RequireScope("update:tenant_settings");
    }

    private static async Task<IResult> GetAsync(Fields fields, AuthDbContext db, Tenant tenant, CancellationToken ct) =>
        Results.Json(fields.Pick(Write(await db.TenantSettings.AsNoTracking().SingleAsync(ct), tenant.Issuer)));

    private static async Task<IResult> UpdateAsync(
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var settings = await db.TenantSettings.SingleAsync(ct);
        if (TenantSettingsModel.Wire.Apply(body, settings, Change.Update) is { } malformed)
            return malformed;
        if (await CheckAsync(body, settings, tenant.Issuer, db, ct) is { } problem)
            return ManagementError.InvalidBody(problem);

        await write.SaveAsync(ct);
        return Results.Json(Write(settings, tenant.Issuer));
    }

    private static JsonObject Write(TenantSettings settings, Issuer issuer)
    {
        var json = TenantSettingsModel.Wire.Write(settings);
        if (settings.DefaultAudience is { } audience)
            json["default_audience"] = issuer.Absolute(audience);
        return json;
    }

    /// <summary>What an address, an API or a connection must be; asked only of what was sent.</summary>
    private static async Task<ValidationError?> CheckAsync(
        JsonBody body,
        TenantSettings settings,
        Issuer issuer,
        AuthDbContext db,
        CancellationToken ct)
    {
        if (body.Text("default_audience") is { Length: > 0 } audience)
        {
            settings.DefaultAudience = issuer.Stored(audience);
            if (!await db.ResourceServers.AnyAsync(a => a.Name == settings.DefaultAudience, ct))
                return new ValidationError("There is no API with this identifier", "default_audience");
        }

        if (body.Text("default_directory") is { Length: > 0 } directory
            && !await db.Connections.AnyAsync(c => c.Name == directory && c.Strategy == Connection.DatabaseStrategy, ct)
        )
            return new ValidationError("There is no database connection of this name", "default_directory");
        if (body.Text("support_email") is { Length: > 0 } email && !LoginIdentifier.IsEmail(email))
            return new ValidationError("Expected an e-mail address", "support_email");
        if (settings.AllowedLogoutUrls
            .Select(url => ClientUris.Logout(url, allowsShortSchemes: false))
            .FirstOrDefault(reason => reason is not null) is { } unfit)
            return new ValidationError(unfit, "allowed_logout_urls");
        return
            Array.Find(
                ["picture_url", "support_url", "default_redirection_uri"],
                name => body.Text(name) is { Length: > 0 } url && ClientUris.Web(url) is not null)
                is { } wrong
            ? new ValidationError(ClientUris.Web(body.Text(wrong)!)!, wrong)
            : null;
    }
}
