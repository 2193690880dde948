using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The client grants that may be used in an organization.</summary>
internal sealed class OrganizationClientGrantService(AuthDbContext db, TenantWrites writes, Tenant tenant)
{
    private static readonly ResourceSchema<Addition> Wire = new ResourceSchema<Addition>()
        .Text("grant_id", a => a.GrantId, (a, v) => a.GrantId = v);

    /// <param name="id">The organization.</param>
    /// <param name="filter">Which grants.</param>
    /// <param name="grantIds">Those that are listed; empty for all.</param>
    /// <param name="paging">The part of the list.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<JsonNode> ListAsync(
        string id,
        ClientGrantFilter filter,
        IReadOnlyList<string> grantIds,
        Paging paging,
        CancellationToken ct)
    {
        await db.EnsureOrganizationAsync(id, ct);
        var grants = filter.Apply(db.ClientGrants.AsNoTracking(), tenant.Issuer)
            .Where(g => db.OrganizationClientGrants.Any(
                given => given.OrganizationId == id && given.ClientGrantId == g.Id));
        if (grantIds.Count > 0)
            grants = grants.Where(g => grantIds.Contains(g.Id));
        return await paging.PageAsync("client_grants", grants.OrderBy(g => g.Id), Write, ct);
    }

    public async Task<JsonObject> AddAsync(string id, JsonBody body, CancellationToken ct)
    {
        body.Require("grant_id");
        var asked = new Addition();
        Wire.Apply(body, asked, Change.Create);
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureOrganizationAsync(id, ct);
        var grant = await db.ClientGrants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == asked.GrantId, ct)
            ?? throw ClientGrantService.Missing;
        if (grant.OrganizationUsage == OrganizationUsages.Deny)
            throw ManagementException.Invalid("The client grant's organization_usage is deny", "grant_id");
        if (await db.OrganizationClientGrants.AnyAsync(g => g.OrganizationId == id && g.ClientGrantId == grant.Id, ct))
        {
            throw ManagementError.Conflict(
                "The client grant is already associated with this organization",
                "organization_client_grant_conflict").AsException();
        }

        db.Add(new OrganizationClientGrant { OrganizationId = id, ClientGrantId = grant.Id });
        await write.SaveAsync(ct);
        var json = Write(grant);
        json["grant_id"] = grant.Id;
        return json;
    }

    public async Task DeleteAsync(string id, string grantId, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var given = db.OrganizationClientGrants.Where(g => g.OrganizationId == id && g.ClientGrantId == grantId);
        if (await given.ExecuteDeleteAsync(ct) == 0)
            throw ClientGrantService.Missing;
        await write.SaveAsync(ct);
    }

    private JsonObject Write(ClientGrant grant) => ClientGrantModel.Write(grant, tenant.Issuer);

    private sealed class Addition
    {
        public string GrantId { get; set; } = "";
    }
}
