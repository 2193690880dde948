using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Grants;

/// <summary>Consents of users. To delete one revokes the tokens that came of it too.</summary>
internal sealed class GrantService(AuthDbContext db, TenantWrites writes, Tenant tenant, TimeProvider time)
{
    public Task<JsonNode> ListAsync(GrantFilter filter, Paging paging, CancellationToken ct)
    {
        var consents = filter.Apply(db.Consents.AsNoTracking(), tenant.Issuer);
        return paging.PageAsync("grants", consents.OrderBy(c => c.CreationDate).ThenBy(c => c.Id), Write, ct);
    }

    /// <summary>Deleting a consent that does not exist is not an error.</summary>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Consents.SingleOrDefaultAsync(c => c.PublicId == id, ct) is not { } consent)
            return;
        await db.Authorizations
            .Where(a => a.UserId == consent.UserId
                && a.ClientId == consent.ClientId
                && a.Audience == consent.Audience)
            .RevokeAsync(time.GetUtcNow(), ct);
        db.Remove(consent);
        await write.SaveAsync(ct);
    }

    public async Task DeleteOfUserAsync(string userId, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await db.Authorizations.Where(a => a.UserId == userId).RevokeAsync(time.GetUtcNow(), ct);
        await db.Consents.Where(c => c.UserId == userId).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
    }

    private JsonObject Write(Authorization consent) => new()
    {
        ["id"] = consent.PublicId,
        ["clientID"] = consent.ClientId,
        ["user_id"] = consent.UserId,
        ["audience"] = consent.Audience is { } audience
            ? tenant.Issuer.Absolute(audience)
            : tenant.Issuer.UserInfo,
        ["scope"] = JsonText.ArrayOf(consent.GrantedScopes),
    };
}
