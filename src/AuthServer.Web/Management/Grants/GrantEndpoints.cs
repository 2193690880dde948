using System.Text.Json.Nodes;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
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

    private static Task<IResult> ListAsync(
        HttpContext http,
        Paging paging,
        AuthDbContext db,
        Tenant tenant,
        CancellationToken ct)
    {
        var consents = db.Consents.AsNoTracking();
        if (Query.Text(http, "user_id") is { } userId)
            consents = consents.Where(c => c.UserId == userId);
        if (Query.Text(http, "client_id") is { } clientId)
            consents = consents.Where(c => c.ClientId == clientId);
        if (Query.Text(http, "audience") is { } audience)
        {
            var stored = audience == tenant.Issuer.UserInfo ? null : tenant.Issuer.Stored(audience);
            consents = consents.Where(c => c.Audience == stored);
        }

        var ordered = consents.OrderBy(c => c.CreationDate).ThenBy(c => c.Id);
        return paging.PageAsync("grants", ordered, consent => Write(consent, tenant.Issuer), ct);
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        TimeProvider time,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Consents.SingleOrDefaultAsync(c => c.PublicId == id, ct) is { } consent)
        {
            var now = time.GetUtcNow();
            await db.Authorizations
                .Where(a => a.UserId == consent.UserId
                    && a.ClientId == consent.ClientId
                    && a.Audience == consent.Audience)
                .RevokeAsync(now, ct);
            db.Remove(consent);
            await write.SaveAsync(ct);
        }

        return Results.NoContent();
    }

    private static async Task<IResult> DeleteOfUserAsync(
        HttpContext http,
        AuthDbContext db,
        TenantWrites writes,
        TimeProvider time,
        CancellationToken ct)
    {
        if (Query.Text(http, "user_id") is not { } userId)
            return ManagementError.InvalidQuery("Missing required property: user_id");
        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        await db.Authorizations.Where(a => a.UserId == userId).RevokeAsync(now, ct);
        await db.Consents.Where(c => c.UserId == userId).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static JsonObject Write(Authorization consent, Issuer issuer) => new()
    {
        ["id"] = consent.PublicId,
        ["clientID"] = consent.ClientId,
        ["user_id"] = consent.UserId,
        ["audience"] = consent.Audience is { } audience ? issuer.Absolute(audience) : issuer.UserInfo,
        ["scope"] = ResourceSchema<Authorization>.ArrayOf(consent.GrantedScopes),
    };
}
