using System.Text.Json.Nodes;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Grants;

/// <summary>What users agreed to. To delete it ends the tokens that came of it too.</summary>
internal static class GrantEndpoints
{
    public static void MapGrants(this RouteGroupBuilder api)
    {
        api.MapGet("/grants", ListAsync).RequireScope("read:grants");
        api.MapDelete("/grants", DeleteOfUserAsync).RequireScope("delete:grants");
        api.MapDelete("/grants/{id}", DeleteAsync).RequireScope("delete:grants");
    }

    private static Task<IResult> ListAsync(HttpContext http, Paging paging, AuthDbContext db, Tenant tenant, CancellationToken ct)
    {
        var consents = db.Consents.AsNoTracking();
        if (Query.Text(http, "user_id") is { } userId)
            consents = consents.Where(c => c.UserId == userId);
        if (Query.Text(http, "client_id") is { } clientId)
            consents = consents.Where(c => c.ClientId == clientId);
        if (Query.Text(http, "audience") is { } audience)
        {
            var stored = audience == tenant.Issuer.UserInfo ? "" : tenant.Issuer.Stored(audience);
            consents = consents.Where(c => c.Audience == stored);
        }

        return paging.PageAsync("grants", consents.OrderBy(c => c.CreatedAt).ThenBy(c => c.Id), consent => Write(consent, tenant.Issuer), ct);
    }

    private static async Task<IResult> DeleteAsync(string id, AuthDbContext db, TenantWrites writes, TimeProvider time, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Consents.SingleOrDefaultAsync(c => c.Id == id, ct) is { } consent)
        {
            var now = time.GetUtcNow();
            var audience = consent.Audience.Length == 0 ? null : consent.Audience;
            await db.Grants.Where(g => g.UserId == consent.UserId && g.ClientId == consent.ClientId && g.Audience == audience && g.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now), ct);
            db.Remove(consent);
            await write.SaveAsync(ct);
        }

        return Results.NoContent();
    }

    private static async Task<IResult> DeleteOfUserAsync(HttpContext http, AuthDbContext db, TenantWrites writes, TimeProvider time, CancellationToken ct)
    {
        if (Query.Text(http, "user_id") is not { } userId)
            return ManagementError.InvalidQuery("Missing required property: user_id");
        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        await db.Grants.Where(g => g.UserId == userId && g.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now), ct);
        await db.Consents.Where(c => c.UserId == userId).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static JsonObject Write(Consent consent, Issuer issuer) => new()
    {
        ["id"] = consent.Id,
        ["clientID"] = consent.ClientId,
        ["user_id"] = consent.UserId,
        ["audience"] = consent.Audience.Length == 0 ? issuer.UserInfo : issuer.Absolute(consent.Audience),
        ["scope"] = WireTable<Consent>.ArrayOf(consent.Scopes),
    };
}
