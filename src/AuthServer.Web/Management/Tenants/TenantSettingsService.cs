using System.Text.Json.Nodes;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Tenants;

/// <summary>The tenant's settings.</summary>
internal sealed class TenantSettingsService(AuthDbContext db, TenantWrites writes, Tenant tenant)
{
    private static readonly string[] Urls = ["picture_url", "support_url", "default_redirection_uri"];

    public async Task<JsonObject> GetAsync(Fields fields, CancellationToken ct) =>
        fields.Pick(Write(await db.TenantSettings.AsNoTracking().SingleAsync(ct)));

    public async Task<JsonObject> UpdateAsync(JsonBody body, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var settings = await db.TenantSettings.SingleAsync(ct);
        body.EnsureCurrent(Write(settings));
        TenantSettingsModel.Wire.Apply(body, settings, Change.Update);
        ManagementException.ThrowIfInvalid(
            await CheckReferencesAsync(body, settings, ct) ?? CheckAddresses(body, settings));
        await write.SaveAsync(ct);
        return Write(settings);
    }

    private JsonObject Write(TenantSettings settings)
    {
        var json = TenantSettingsModel.Wire.Write(settings);
        if (settings.DefaultAudience is { } audience)
            json["default_audience"] = tenant.Issuer.Absolute(audience);
        return json;
    }

    /// <summary>The API and the connection have to exist; asked only of what was sent.</summary>
    private async Task<ValidationError?> CheckReferencesAsync(
        JsonBody body, TenantSettings settings, CancellationToken ct)
    {
        if (body.Text("default_audience") is { Length: > 0 } audience)
        {
            settings.DefaultAudience = tenant.Issuer.Stored(audience);
            if (!await db.ResourceServers.AnyAsync(a => a.Name == settings.DefaultAudience, ct))
                return new ValidationError("There is no API with this identifier", "default_audience");
        }

        return body.Text("default_directory") is { Length: > 0 } directory
            && !await db.Connections.AnyAsync(c => c.Name == directory && c.Strategy == Connection.DatabaseStrategy, ct)
                ? new ValidationError("There is no database connection of this name", "default_directory")
                : null;
    }

    private static ValidationError? CheckAddresses(JsonBody body, TenantSettings settings)
    {
        if (body.Text("support_email") is { Length: > 0 } email && !LoginIdentifier.IsEmail(email))
            return new ValidationError("Expected an e-mail address", "support_email");
        if (settings.AllowedLogoutUrls
            .Select(url => ClientUris.Logout(url, allowsShortSchemes: false))
            .FirstOrDefault(reason => reason is not null) is { } unfit)
            return new ValidationError(unfit, "allowed_logout_urls");
        return Urls.Where(name => body.Text(name) is { Length: > 0 })
            .Select(name => (Name: name, Reason: ClientUris.Web(body.Text(name)!)))
            .Where(url => url.Reason is not null)
            .Select(url => new ValidationError(url.Reason!, url.Name))
            .FirstOrDefault();
    }
}
