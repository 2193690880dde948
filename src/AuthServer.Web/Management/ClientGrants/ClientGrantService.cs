using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.ClientGrants;

/// <summary>The scopes that clients have of APIs for themselves.</summary>
internal sealed class ClientGrantService(AuthDbContext db, TenantWrites writes, Tenant tenant)
{
    private static readonly CheckpointKey<ClientGrant> ById =
        new((grants, last) => grants.Where(g => g.Id.CompareTo(last) > 0), grant => grant.Id);

    public static ManagementException Missing =>
        ManagementError.NotFound("The client grant does not exist", "inexistent_client_grant").AsException();

    public Task<JsonNode> ListAsync(ClientGrantFilter filter, Paging paging, CancellationToken ct)
    {
        var grants = filter.Apply(db.ClientGrants.AsNoTracking(), tenant.Issuer);
        return paging.PageOrCheckpointAsync("client_grants", grants.OrderBy(g => g.Id), ById, Write, ct);
    }

    public async Task<JsonObject> CreateAsync(JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        body.Require("client_id", "audience");
        var grant = new ClientGrant
        {
            Id = "cgr_" + OpaqueToken.Alphanumeric(16),
            ClientId = body.Text("client_id") ?? "",
            Audience = tenant.Issuer.Stored(body.Text("audience") ?? ""),
        };
        ClientGrantModel.Wire.Apply(body, grant, Change.Create);

        await using var write = await writes.BeginAsync(ct);
        if (!await db.Clients.AnyAsync(c => c.ClientId == grant.ClientId, ct))
            throw ClientService.Missing;
        EnsureGrantable(grant, Scopes.None, await ApiOfAsync(grant, ct), caller);
        if (await db.ClientGrants.AnyAsync(g => g.ClientId == grant.ClientId && g.Audience == grant.Audience, ct))
        {
            throw ManagementError.Conflict(
                "A resource with this combination of audience and client_id already exists",
                "client_grant_conflict").AsException();
        }

        db.Add(grant);
        await write.SaveAsync(ct);
        return Write(grant);
    }

    public async Task<JsonObject> GetAsync(string id, CancellationToken ct) => Write(
        await db.ClientGrants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, ct) ?? throw Missing);

    public async Task<JsonObject> UpdateAsync(
        string id, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var grant = await db.ClientGrants.SingleOrDefaultAsync(g => g.Id == id, ct) ?? throw Missing;
        var api = await ApiOfAsync(grant, ct);
        var before = grant.Scope;
        ClientGrantModel.Wire.Apply(body, grant, Change.Update);
        EnsureGrantable(grant, before, api, caller);
        await write.SaveAsync(ct);
        return Write(grant);
    }

    /// <summary>Deleting a grant that does not exist is not an error.</summary>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await db.ClientGrants.Where(g => g.Id == id).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
    }

    private async Task<ResourceServer> ApiOfAsync(ClientGrant grant, CancellationToken ct) =>
        await db.ResourceServers.AsNoTracking().SingleOrDefaultAsync(a => a.Name == grant.Audience, ct)
        ?? throw ResourceServerService.Missing;

    /// <summary>
    /// A scope of this API must be the caller's too (docs/security.md#roles-and-permissions). Another API may define a
    /// scope later: until then nothing is issued for it.
    /// </summary>
    private static void EnsureGrantable(
        ClientGrant grant, Scopes before, ResourceServer api, ManagementPrincipal caller)
    {
        if (!api.IsSystem)
            return;
        var added = grant.Scope.Where(scope => !before.Contains(scope));
        if (added.FirstOrDefault(scope => !api.Defines(scope)) is { } unknown)
            throw ManagementException.Invalid($"The API does not define the scope {unknown}", "scope");
        if (grant.AllowsAllScopes)
        {
            throw ManagementError
                .Forbidden("allow_all_scopes is not for the Management API: name the scopes").AsException();
        }

        if (!added.IsSubsetOf(caller.Scopes))
        {
            throw ManagementError
                .Forbidden("You can't grant scopes of the Management API that your own token lacks").AsException();
        }
    }

    private JsonObject Write(ClientGrant grant) => ClientGrantModel.Write(grant, tenant.Issuer);
}
