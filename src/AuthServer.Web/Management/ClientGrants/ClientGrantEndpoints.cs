using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.ClientGrants;

internal static class ClientGrantEndpoints
{
    public static ManagementError Missing { get; } =
        ManagementError.NotFound("The client grant does not exist", "inexistent_client_grant");

    public static void MapClientGrants(this RouteGroupBuilder api)
    {
        api.MapGet("/client-grants", ListAsync).RequireScope("read:client_grants");
        api.MapPost("/client-grants", CreateAsync).RequireScope("create:client_grants");
        api.MapGet("/client-grants/{id}", GetAsync).RequireScope("read:client_grants");
        api.MapPatch("/client-grants/{id}", UpdateAsync).RequireScope("update:client_grants");
        api.MapDelete("/client-grants/{id}", DeleteAsync).RequireScope("delete:client_grants");
    }

    private static Task<IResult> ListAsync(
        HttpContext http,
        Paging paging,
        AuthDbContext db,
        Tenant tenant,
        CancellationToken ct)
    {
        var grants = db.ClientGrants.AsNoTracking();
        if (Query.Text(http, "client_id") is { } clientId)
            grants = grants.Where(g => g.ClientId == clientId);
        if (Query.Text(http, "audience") is { } audience)
        {
            var stored = tenant.Issuer.Stored(audience);
            grants = grants.Where(g => g.Audience == stored);
        }

        if (Query.Flag(http, "allow_any_organization") is { } any)
            grants = grants.Where(g => g.AllowAnyOrganization == any);

        // Every grant here is a client's own; those of users, and those for whole kinds of clients, are not offered.
        if (Query.Text(http, "subject_type") is { } subject && subject != "client"
            || Query.Text(http, "default_for") is not null)
            grants = grants.Where(_ => false);

        var ordered = grants.OrderBy(g => g.Id);
        return paging.ByCheckpoint
            ? paging.CheckpointAsync(
                "client_grants",
                ordered,
                (query, last) => query.Where(g => g.Id.CompareTo(last) > 0),
                g => g.Id,
                g => ClientGrantModel.Write(g, tenant.Issuer),
                ct)
            : paging.PageAsync("client_grants", ordered, g => ClientGrantModel.Write(g, tenant.Issuer), ct);
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body,
        ManagementPrincipal caller,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        CancellationToken ct)
    {
        if (body.Missing("client_id", "audience") is { } missing)
            return missing;
        var grant = new ClientGrant
        {
            Id = "cgr_" + OpaqueToken.Alphanumeric(16),
            ClientId = body.Text("client_id") ?? "",
            Audience = tenant.Issuer.Stored(body.Text("audience") ?? ""),
        };
        if (ClientGrantModel.Wire.Apply(body, grant, Change.Create) is { } malformed)
            return malformed;

        await using var write = await writes.BeginAsync(ct);
        if (!await db.Clients.AnyAsync(c => c.ClientId == grant.ClientId, ct))
            return ClientEndpoints.Missing;
        var apis = db.ResourceServers.AsNoTracking();
        if (await apis.SingleOrDefaultAsync(a => a.Name == grant.Audience, ct) is not { } api)
            return ResourceServerEndpoints.Missing;
        if (Refuse(grant, Scopes.None, api, caller) is { } refusal)
            return refusal;
        if (await db.ClientGrants.AnyAsync(g => g.ClientId == grant.ClientId && g.Audience == grant.Audience, ct))
            return ManagementError.Conflict(
                "A resource with this combination of audience and client_id already exists", "client_grant_conflict");

        db.Add(grant);
        await write.SaveAsync(ct);
        return Results.Json(ClientGrantModel.Write(grant, tenant.Issuer), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string id, AuthDbContext db, Tenant tenant, CancellationToken ct) =>
        await db.ClientGrants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, ct) is { } grant
            ? Results.Json(ClientGrantModel.Write(grant, tenant.Issuer))
            : Missing;

    private static async Task<IResult> UpdateAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.ClientGrants.SingleOrDefaultAsync(g => g.Id == id, ct) is not { } grant)
            return Missing;
        var apis = db.ResourceServers.AsNoTracking();
        if (await apis.SingleOrDefaultAsync(a => a.Name == grant.Audience, ct) is not { } api)
            return ResourceServerEndpoints.Missing;
        var before = grant.Scope;
        if (ClientGrantModel.Wire.Apply(body, grant, Change.Update) is { } malformed)
            return malformed;
        if (Refuse(grant, before, api, caller) is { } refusal)
            return refusal;

        await write.SaveAsync(ct);
        return Results.Json(ClientGrantModel.Write(grant, tenant.Issuer));
    }

    private static async Task<IResult> DeleteAsync(
        string id, AuthDbContext db, TenantWrites writes, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await db.ClientGrants.Where(g => g.Id == id).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    /// <summary>
    /// A scope of this API must be the caller's too (docs/security.md#roles-and-permissions). Another API may define a
    /// scope later: until then nothing is issued for it.
    /// </summary>
    private static ManagementError? Refuse(
        ClientGrant grant, Scopes before, ResourceServer api, ManagementPrincipal caller)
    {
        if (!api.IsSystem)
            return null;
        var added = grant.Scope.Where(scope => !before.Contains(scope));
        if (added.FirstOrDefault(scope => !api.Defines(scope)) is { } unknown)
            return ManagementError.InvalidBody(
                new ValidationError($"The API does not define the scope {unknown}", "scope"));
        return grant.AllowsAllScopes
                ? ManagementError.Forbidden("allow_all_scopes is not for the Management API: name the scopes")
            : added.IsSubsetOf(caller.Scopes) ? null
            : ManagementError.Forbidden("You can't grant scopes of the Management API that your own token lacks");
    }
}
