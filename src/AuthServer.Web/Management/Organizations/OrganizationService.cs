using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>Organizations.</summary>
internal sealed class OrganizationService(AuthDbContext db, TenantWrites writes, TimeProvider time)
{
    private const string ConnectionsKey = "enabled_connections";

    /// <summary>Without a code, as Auth0's.</summary>
    public static ManagementException Missing =>
        ManagementError.NotFound("No organization found by that id or name").AsException();

    public async Task<JsonObject> CreateAsync(JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        body.Require("name");
        var organization = new Organization
        {
            Id = OrganizationNames.NewId(),
            Name = "",
            CreatedAt = time.GetUtcNow(),
        };
        OrganizationModel.Wire.Apply(body, organization, Change.Create);

        await using var write = await writes.BeginAsync(ct);
        await EnsureNameIsFreeAsync(organization, ct);
        db.Add(organization);
        if (body.Root.TryGetProperty(ConnectionsKey, out var connections))
        {
            if (!caller.Has("create:organization_connections"))
                throw ManagementError.InsufficientScope(["create:organization_connections"]).AsException();
            await OrganizationConnectionBody.AddAsync(connections, organization, db, ct);
        }

        await write.SaveAsync(ct);
        var json = OrganizationModel.Wire.Write(organization);
        if (organization.Connections.Count > 0)
        {
            var written = await OrganizationConnectionModel.WriteAsync(
                organization.Connections, OrganizationConnectionModel.Older, db, ct);
            json[ConnectionsKey] = new JsonArray([.. written]);
        }

        return json;
    }

    public async Task<JsonObject> GetAsync(string id, CancellationToken ct) => OrganizationModel.Wire.Write(
        await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw Missing);

    public async Task<JsonObject> GetByNameAsync(string name, CancellationToken ct) => OrganizationModel.Wire.Write(
        await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Name == name, ct) ?? throw Missing);

    public async Task<JsonObject> UpdateAsync(string id, JsonBody body, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var organization = await db.Organizations.SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw Missing;
        body.EnsureCurrent(OrganizationModel.Wire.Write(organization));
        if (body.Has(ConnectionsKey))
            ManagementException.ThrowIfInvalid(ValidationError.Unknown(ConnectionsKey));
        OrganizationModel.Wire.Apply(body, organization, Change.Update);
        await EnsureNameIsFreeAsync(organization, ct);
        await write.SaveAsync(ct);
        return OrganizationModel.Wire.Write(organization);
    }

    /// <summary>Its memberships, invitations and tokens go with it; its members stay users.</summary>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Organizations.Where(o => o.Id == id).ExecuteDeleteAsync(ct) == 0)
            throw Missing;
        await db.Authorizations.Where(a => a.OrganizationId == id).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
    }

    private async Task EnsureNameIsFreeAsync(Organization organization, CancellationToken ct)
    {
        if (await db.Organizations.AnyAsync(o => o.Name == organization.Name && o.Id != organization.Id, ct))
        {
            throw ManagementError
                .Conflict("An organization with this name already exists", "organization_conflict").AsException();
        }
    }
}
