using AuthServer.Core;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.ResourceServers;

internal static class ResourceServerEndpoints
{
    public static ManagementError Missing { get; } =
        ManagementError.NotFound("The API does not exist", "inexistent_resource_server");

    private static readonly string[] ChangeableOfSystem =
    [
        "token_lifetime", "token_lifetime_for_web", "skip_consent_for_verifiable_first_party_clients",
        "proof_of_possession",
    ];

    public static void MapResourceServers(this RouteGroupBuilder api)
    {
        api.MapGet("/resource-servers", ListAsync).RequireScope("read:resource_servers");
        api.MapPost("/resource-servers", CreateAsync).RequireScope("create:resource_servers");
        api.MapGet("/resource-servers/{id}", GetAsync).RequireScope("read:resource_servers");
        api.MapPatch("/resource-servers/{id}", UpdateAsync).RequireScope("update:resource_servers");
        api.MapDelete("/resource-servers/{id}", DeleteAsync).RequireScope("delete:resource_servers");
    }

    private static Task<IResult> ListAsync(
        HttpContext http,
        Paging paging,
        AuthDbContext db,
        Tenant tenant,
        CancellationToken ct)
    {
        var apis = db.ResourceServers.AsNoTracking();
        var asked = http.Request.Query["identifiers"].Concat(http.Request.Query["identifiers[]"]).OfType<string>()
            .SelectMany(value => value.Split(',')).Select(tenant.Issuer.Stored).Take(100).ToArray();
        if (asked.Length > 0)
            apis = apis.Where(a => asked.Contains(a.Name));
        return paging.PageAsync(
            "resource_servers",
            apis.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id),
            a => ResourceServerModel.Write(a, tenant.Issuer),
            ct);
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        TimeProvider time,
        CancellationToken ct)
    {
        if (body.Missing("identifier") is { } missing)
            return missing;
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
        if (ResourceServerModel.Wire.Apply(body, api, Change.Create) is { } malformed)
            return malformed;

        await using var write = await writes.BeginAsync(ct);
        var taken = await db.ResourceServers.Select(a => a.Name!).ToListAsync(ct);
        if (ApiIdentifiers.Check(identifier, tenant.Issuer, taken) is { } unfit)
            return ManagementError.InvalidBody(new ValidationError(unfit, "identifier"));
        if (taken.Contains(identifier))
            return ManagementError.Conflict(
                "A resource server with this identifier already exists.", "resource_server_conflict");

        db.Add(api);
        await write.SaveAsync(ct);
        return Results.Json(ResourceServerModel.Write(api, tenant.Issuer), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string id, AuthDbContext db, Tenant tenant, CancellationToken ct) =>
        await FindAsync(db, id, tenant.Issuer, ct) is { } api
            ? Results.Json(ResourceServerModel.Write(api, tenant.Issuer))
            : Missing;

    private static async Task<IResult> UpdateAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await FindAsync(db, id, tenant.Issuer, ct) is not { } api)
            return Missing;
        if (api.IsSystem
            && body
                .Members.Select(member => member.Name)
                .Except(ChangeableOfSystem, StringComparer.Ordinal)
                .FirstOrDefault()
                is { } fixedMember)
            return ManagementError.Forbidden($"{fixedMember} of the system API can't be changed");
        var scopes = api.Scopes.Select(scope => scope.Value).ToList();
        if (ResourceServerModel.Wire.Apply(body, api, Change.Update) is { } malformed)
            return malformed;

        await DroppedScopes.RemoveAsync(db, api, scopes, ct);
        await write.SaveAsync(ct);
        return Results.Json(ResourceServerModel.Write(api, tenant.Issuer));
    }

    /// <summary>
    /// What clients and users were granted for it goes with it: an API that is registered again later begins with
    /// nothing.
    /// </summary>
    private static async Task<IResult> DeleteAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        TimeProvider time,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await FindAsync(db, id, tenant.Issuer, ct) is not { } api)
            return Results.NoContent();
        if (api.IsSystem)
            return ManagementError.Forbidden("The system API can't be deleted");

        var now = time.GetUtcNow();
        await db.ClientGrants.Where(g => g.Audience == api.Identifier).ExecuteDeleteAsync(ct);
        await db.RolePermissions.Where(p => p.Audience == api.Identifier).ExecuteDeleteAsync(ct);
        await db.UserPermissions.Where(p => p.Audience == api.Identifier).ExecuteDeleteAsync(ct);
        await db.Consents.Where(c => c.Audience == api.Identifier).ExecuteDeleteAsync(ct);
        await db.Authorizations.Where(a => a.Audience == api.Identifier).RevokeAsync(now, ct);
        await db
            .TenantSettings.Where(s => s.DefaultAudience == api.Identifier)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DefaultAudience, (string?)null), ct);
        db.Remove(api);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    /// <summary>By id, or by identifier, percent-encoded into one segment.</summary>
    private static async Task<ResourceServer?> FindAsync(
        AuthDbContext db, string id, Issuer issuer, CancellationToken ct)
    {
        var identifier = issuer.Stored(PathIds.Unslashed(id));
        return await db.ResourceServers.SingleOrDefaultAsync(a => a.PublicId == id, ct)
            ?? await db.ResourceServers.SingleOrDefaultAsync(a => a.Name == identifier, ct);
    }
}
