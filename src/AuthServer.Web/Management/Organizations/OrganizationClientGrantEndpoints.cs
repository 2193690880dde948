using AuthServer.Core.Organizations;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The client grants that may be used in an organization.</summary>
internal static class OrganizationClientGrantEndpoints
{
    private static readonly ResourceSchema<Asked> Wire = new ResourceSchema<Asked>().Text(
        "grant_id", a => a.GrantId, (a, v) => a.GrantId = v);

    public static void MapOrganizationClientGrants(this RouteGroupBuilder api)
    {
        api.MapGet("/organizations/{id}/client-grants", ListAsync).RequireScope("read:organization_client_grants");
        api.MapPost("/organizations/{id}/client-grants", AddAsync).RequireScope("create:organization_client_grants");
        api.MapDelete("/organizations/{id}/client-grants/{grantId}", DeleteAsync)
            .RequireScope("delete:organization_client_grants");
    }

    private static async Task<IResult> ListAsync(
        string id,
        HttpContext http,
        Paging paging,
        AuthDbContext db,
        OrganizationAccess access,
        Tenant tenant,
        CancellationToken ct)
    {
        if (!await access.ExistsAsync(id, ct))
            return OrganizationEndpoints.Missing;
        var grants = db
            .ClientGrants.AsNoTracking()
            .Where(g =>
                db.OrganizationClientGrants.Any(given => given.OrganizationId == id && given.ClientGrantId == g.Id));
        if (Query.Text(http, "client_id") is { } clientId)
            grants = grants.Where(g => g.ClientId == clientId);
        if (Query.Text(http, "audience") is { } audience)
        {
            var stored = tenant.Issuer.Stored(audience);
            grants = grants.Where(g => g.Audience == stored);
        }

        var ids = http.Request.Query["grant_ids"].OfType<string>().Take(100).ToArray();
        if (ids.Length > 0)
            grants = grants.Where(g => ids.Contains(g.Id));
        return await paging.PageAsync(
            "client_grants", grants.OrderBy(g => g.Id), g => ClientGrantModel.Write(g, tenant.Issuer), ct);
    }

    private static async Task<IResult> AddAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        OrganizationAccess access,
        Tenant tenant,
        CancellationToken ct)
    {
        var asked = new Asked();
        if ((body.Missing("grant_id") ?? Wire.Apply(body, asked, Change.Create)) is { } malformed)
            return malformed;
        await using var write = await writes.BeginAsync(ct);
        if (!await access.ExistsAsync(id, ct))
            return OrganizationEndpoints.Missing;
        if (await db.ClientGrants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == asked.GrantId, ct) is not { } grant)
            return ClientGrantEndpoints.Missing;
        if (grant.OrganizationUsage == OrganizationUsages.Deny)
            return ManagementError.InvalidBody(
                new ValidationError("The client grant's organization_usage is deny", "grant_id"));
        if (await db.OrganizationClientGrants.AnyAsync(g => g.OrganizationId == id && g.ClientGrantId == grant.Id, ct))
            return ManagementError.Conflict(
                "The client grant is already associated with this organization", "organization_client_grant_conflict");
        db.Add(new OrganizationClientGrant { OrganizationId = id, ClientGrantId = grant.Id });
        await write.SaveAsync(ct);
        return Results.Json(ClientGrantModel.Write(grant, tenant.Issuer), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        string grantId,
        AuthDbContext db,
        TenantWrites writes,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db
                .OrganizationClientGrants.Where(g => g.OrganizationId == id && g.ClientGrantId == grantId)
                .ExecuteDeleteAsync(ct) == 0)
            return ClientGrantEndpoints.Missing;
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private sealed class Asked
    {
        public string GrantId { get; set; } = "";
    }
}
