using System.Text.Json.Nodes;
using AuthServer.Core.Organizations;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

internal static class OrganizationEndpoints
{
    /// <summary>Without a code, as Auth0's.</summary>
    public static ManagementError Missing { get; } =
        ManagementError.NotFound("No organization found by that id or name");

    public static void MapOrganizations(this RouteGroupBuilder api)
    {
        api.MapGet("/organizations", OrganizationList.AnswerAsync)
            .RequireScope("read:organizations", "read:organizations_summary");
        api.MapPost("/organizations", CreateAsync).RequireScope("create:organizations");
        api.MapGet("/organizations/name/{name}", GetByNameAsync).RequireScope("read:organizations");
        api.MapGet("/organizations/{id}", GetAsync).RequireScope("read:organizations", "read:organizations_summary");
        api.MapPatch("/organizations/{id}", UpdateAsync).RequireScope("update:organizations");
        api.MapDelete("/organizations/{id}", DeleteAsync).RequireScope("delete:organizations");
        api.MapGet("/users/{id}/organizations", OrganizationList.OfUserAsync).RequireScope("read:organizations");
        api.MapGet("/client-grants/{id}/organizations", OrganizationList.OfClientGrantAsync)
            .RequireScope("read:organization_client_grants");
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body,
        ManagementPrincipal caller,
        AuthDbContext db,
        TenantWrites writes,
        TimeProvider time,
        CancellationToken ct)
    {
        if (body.Missing("name") is { } missing)
            return missing;
        var organization = new Organization { Id = OrganizationNames.NewId(), Name = "", CreatedAt = time.GetUtcNow() };
        if (OrganizationModel.Wire.Apply(body, organization, Change.Create) is { } malformed)
            return malformed;

        await using var write = await writes.BeginAsync(ct);
        if (await RefuseNameAsync(organization, db, ct) is { } taken)
            return taken;
        db.Add(organization);
        if (body.Root.TryGetProperty("enabled_connections", out var connections))
        {
            if (!caller.Has("create:organization_connections"))
                return ManagementError.InsufficientScope(["create:organization_connections"]);
            if (await OrganizationConnectionBody.AddAsync(connections, organization, db, ct) is { } unfit)
                return unfit;
        }

        await write.SaveAsync(ct);
        var json = OrganizationModel.Wire.Write(organization);
        if (organization.Connections.Count > 0)
            json["enabled_connections"] = new JsonArray([
                .. await OrganizationConnectionModel.WriteAsync(
                    organization.Connections, OrganizationConnectionModel.Older, db, ct),
            ]);
        return Results.Json(json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string id, AuthDbContext db, CancellationToken ct) =>
        await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is { } organization
            ? Results.Json(OrganizationModel.Wire.Write(organization))
            : Missing;

    private static async Task<IResult> GetByNameAsync(string name, AuthDbContext db, CancellationToken ct) =>
        await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Name == name, ct) is { } organization
            ? Results.Json(OrganizationModel.Wire.Write(organization))
            : Missing;

    private static async Task<IResult> UpdateAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Organizations.SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
            return Missing;
        if (body.Has("enabled_connections"))
            return ManagementError.InvalidBody(ValidationError.Unknown("enabled_connections"));
        if (OrganizationModel.Wire.Apply(body, organization, Change.Update) is { } malformed)
            return malformed;
        if (await RefuseNameAsync(organization, db, ct) is { } taken)
            return taken;
        await write.SaveAsync(ct);
        return Results.Json(OrganizationModel.Wire.Write(organization));
    }

    /// <summary>Its memberships, invitations and tokens go with it; its members stay users.</summary>
    private static async Task<IResult> DeleteAsync(
        string id, AuthDbContext db, TenantWrites writes, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Organizations.Where(o => o.Id == id).ExecuteDeleteAsync(ct) == 0)
            return Missing;
        await db.Authorizations.Where(a => a.OrganizationId == id).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }

    private static async Task<ManagementError?> RefuseNameAsync(
        Organization organization, AuthDbContext db,
        CancellationToken ct) =>
        await db.Organizations.AnyAsync(o => o.Name == organization.Name && o.Id != organization.Id, ct)
            ? ManagementError.Conflict("An organization with this name already exists", "organization_conflict")
            : null;
}
