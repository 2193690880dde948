using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The connections of an organization, under its two addresses.</summary>
internal sealed class OrganizationConnectionService(AuthDbContext db, TenantWrites writes)
{
    private static ManagementException Missing =>
        ManagementError.NotFound("No connection found by that id for this organization").AsException();

    /// <param name="id">The organization.</param>
    /// <param name="view">The address.</param>
    /// <param name="isEnabled">Null for all.</param>
    /// <param name="paging">The part of the list.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<JsonNode> ListAsync(
        string id, OrganizationConnectionView view, bool? isEnabled, Paging paging, CancellationToken ct)
    {
        await db.EnsureOrganizationAsync(id, ct);
        var rows = db.OrganizationConnections.AsNoTracking()
            .Where(c => c.OrganizationId == id && (isEnabled == null || c.IsEnabled == isEnabled))
            .OrderBy(c => c.ConnectionId);
        return await paging.PageAsync(view.Key, rows, items => WriteAsync(items, view, ct), ct);
    }

    public async Task<JsonNode> GetAsync(
        string id, string connectionId, OrganizationConnectionView view, CancellationToken ct) =>
        await WriteAsync(
            await Of(id, connectionId, view).AsNoTracking().SingleOrDefaultAsync(ct) ?? throw Missing, view, ct);

    /// <summary>One that is there but switched off begins anew.</summary>
    public async Task<JsonNode> AddAsync(
        string id, OrganizationConnectionView view, JsonBody body, CancellationToken ct)
    {
        body.Require("connection_id");
        var row = new OrganizationConnection { OrganizationId = id, ConnectionId = body.Text("connection_id") ?? "" };
        view.Wire.Apply(body, row, Change.Create);
        ManagementException.ThrowIfInvalid(OrganizationConnectionModel.Check(row));

        await using var write = await writes.BeginAsync(ct);
        await db.EnsureOrganizationAsync(id, ct);
        if (!await db.Connections.AnyAsync(c => c.Id == row.ConnectionId, ct))
            throw ConnectionService.Missing;
        var existing = db.OrganizationConnections
            .Where(c => c.OrganizationId == id && c.ConnectionId == row.ConnectionId);
        if (await existing.AnyAsync(c => c.IsEnabled, ct))
        {
            throw ManagementError.Conflict(
                "The connection is already enabled for this organization",
                "organization_connection_conflict").AsException();
        }

        await existing.ExecuteDeleteAsync(ct);
        db.Add(row);
        await write.SaveAsync(ct);
        return await WriteAsync(row, view, ct);
    }

    public async Task<JsonNode> UpdateAsync(
        string id, string connectionId, OrganizationConnectionView view, JsonBody body, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var row = await FindAsync(id, connectionId, view, ct);
        body.EnsureCurrent(view.Wire.Write(row));
        view.Wire.Apply(body, row, Change.Update);
        ManagementException.ThrowIfInvalid(OrganizationConnectionModel.Check(row));
        await write.SaveAsync(ct);
        return await WriteAsync(row, view, ct);
    }

    public async Task DeleteAsync(
        string id, string connectionId, OrganizationConnectionView view, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        db.Remove(await FindAsync(id, connectionId, view, ct));
        await write.SaveAsync(ct);
    }

    private async Task<OrganizationConnection> FindAsync(
        string id, string connectionId, OrganizationConnectionView view, CancellationToken ct) =>
        await Of(id, connectionId, view).SingleOrDefaultAsync(ct) ?? throw Missing;

    private IQueryable<OrganizationConnection> Of(string id, string connectionId, OrganizationConnectionView view) =>
        db.OrganizationConnections.Where(
            c => c.OrganizationId == id && c.ConnectionId == connectionId && (!view.OnlyEnabled || c.IsEnabled));

    private Task<IEnumerable<JsonNode>> WriteAsync(
        IReadOnlyList<OrganizationConnection> rows, OrganizationConnectionView view, CancellationToken ct) =>
        OrganizationConnectionModel.WriteAsync(rows, view.Wire, db, ct);

    private async Task<JsonNode> WriteAsync(
        OrganizationConnection row, OrganizationConnectionView view, CancellationToken ct) =>
        (await WriteAsync([row], view, ct)).Single();
}
