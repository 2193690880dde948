using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.ResourceServers;

/// <summary>Resource servers, which the dashboard calls APIs. Each is found by its id or its identifier.</summary>
internal sealed class ResourceServerService(
    AuthDbContext db, TenantWrites writes, Tenant tenant, TimeProvider time)
{
    private const int MaxIdentifiers = 100;

    private static readonly string[] ChangeableOfSystem =
    [
        "token_lifetime", "token_lifetime_for_web", "skip_consent_for_verifiable_first_party_clients",
        "proof_of_possession",
    ];

    public static ManagementException Missing =>
        ManagementError.NotFound("The API does not exist", "inexistent_resource_server").AsException();

    /// <param name="identifiers">Those that are listed; empty for all.</param>
    /// <param name="paging">The part of the list.</param>
    /// <param name="ct">Ends the work.</param>
    public Task<JsonNode> ListAsync(IReadOnlyList<string> identifiers, Paging paging, CancellationToken ct)
    {
        var apis = db.ResourceServers.AsNoTracking();
        var asked = identifiers.Select(tenant.Issuer.Stored).Take(MaxIdentifiers).ToArray();
        if (asked.Length > 0)
            apis = apis.Where(a => asked.Contains(a.Name));
        return paging.PageAsync("resource_servers", apis.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id), Write, ct);
    }

    public async Task<JsonObject> CreateAsync(JsonBody body, CancellationToken ct)
    {
        body.Require("identifier");
        var identifier = body.Text("identifier") ?? "";
        var now = time.GetUtcNow();
        var api = new ResourceServer
        {
            Id = Guid.CreateVersion7(now),
            PublicId = OpaqueToken.Hex(24),
            Identifier = identifier,
            DisplayName = identifier,
            SkipConsentForVerifiableFirstPartyClients = false,
            CreatedAt = now,
        };
        ResourceServerModel.Wire.Apply(body, api, Change.Create);

        await using var write = await writes.BeginAsync(ct);
        var taken = await db.ResourceServers.Select(a => a.Name!).ToListAsync(ct);
        if (ApiIdentifiers.Check(identifier, tenant.Issuer, taken) is { } unfit)
            throw ManagementException.Invalid(unfit, "identifier");
        if (taken.Contains(identifier))
        {
            throw ManagementError.Conflict(
                "A resource server with this identifier already exists.", "resource_server_conflict").AsException();
        }

        db.Add(api);
        await write.SaveAsync(ct);
        return Write(api);
    }

    public async Task<JsonObject> GetAsync(string id, CancellationToken ct) =>
        Write(await FindAsync(id, ct) ?? throw Missing);

    public async Task<JsonObject> UpdateAsync(string id, JsonBody body, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var api = await FindAsync(id, ct) ?? throw Missing;
        body.EnsureCurrent(Write(api));
        var names = body.Members.Select(member => member.Name);
        if (api.IsSystem && names.Except(ChangeableOfSystem, StringComparer.Ordinal).FirstOrDefault() is { } name)
            throw ManagementError.Forbidden($"{name} of the system API can't be changed").AsException();
        var scopes = api.Scopes.Select(scope => scope.Value).ToList();
        ResourceServerModel.Wire.Apply(body, api, Change.Update);

        await DroppedScopes.RemoveAsync(db, api, scopes, ct);
        await write.SaveAsync(ct);
        return Write(api);
    }

    /// <summary>
    /// What clients and users were granted for it goes with it: an API that is registered again later begins with
    /// nothing. Deleting one that does not exist is not an error.
    /// </summary>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await FindAsync(id, ct) is not { } api)
            return;
        if (api.IsSystem)
            throw ManagementError.Forbidden("The system API can't be deleted").AsException();

        await db.ClientGrants.Where(g => g.Audience == api.Identifier).ExecuteDeleteAsync(ct);
        await db.RolePermissions.Where(p => p.Audience == api.Identifier).ExecuteDeleteAsync(ct);
        await db.UserPermissions.Where(p => p.Audience == api.Identifier).ExecuteDeleteAsync(ct);
        await db.Consents.Where(c => c.Audience == api.Identifier).ExecuteDeleteAsync(ct);
        await db.Authorizations.Where(a => a.Audience == api.Identifier).RevokeAsync(time.GetUtcNow(), ct);
        await db.TenantSettings.Where(s => s.DefaultAudience == api.Identifier)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DefaultAudience, (string?)null), ct);
        db.Remove(api);
        await write.SaveAsync(ct);
    }

    private async Task<ResourceServer?> FindAsync(string id, CancellationToken ct)
    {
        var identifier = tenant.Issuer.Stored(id);
        return await db.ResourceServers.SingleOrDefaultAsync(a => a.PublicId == id, ct)
            ?? await db.ResourceServers.SingleOrDefaultAsync(a => a.Name == identifier, ct);
    }

    private JsonObject Write(ResourceServer api) => ResourceServerModel.Write(api, tenant.Issuer);
}
