using System.Text.Json.Nodes;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Branding;

/// <summary>How the pages look: a part of the tenant's settings under another name.</summary>
internal sealed class BrandingService(AuthDbContext db, TenantWrites writes)
{
    public async Task<JsonObject> GetAsync(CancellationToken ct) =>
        BrandingModel.Wire.Write(await db.TenantSettings.AsNoTracking().SingleAsync(ct));

    public async Task<JsonObject> UpdateAsync(JsonBody body, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var settings = await db.TenantSettings.SingleAsync(ct);
        body.EnsureCurrent(BrandingModel.Wire.Write(settings));
        BrandingModel.Wire.Apply(body, settings, Change.Update);
        await write.SaveAsync(ct);
        return BrandingModel.Wire.Write(settings);
    }
}
