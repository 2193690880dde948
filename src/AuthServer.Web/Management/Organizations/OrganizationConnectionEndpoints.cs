using AuthServer.Core.Organizations;
using AuthServer.Storage;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>
/// The connections of an organization: at <c>enabled_connections</c> those that are on, at <c>connections</c> all.
/// </summary>
internal static class OrganizationConnectionEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound(
        "No connection found by that id for this organization");

    public static void MapOrganizationConnections(this RouteGroupBuilder api)
    {
        Map("enabled_connections", OrganizationConnectionModel.Older, enabledAlone: true);
        Map("connections", OrganizationConnectionModel.Newer, enabledAlone: false);

        void Map(string key, ResourceSchema<OrganizationConnection> table, bool enabledAlone)
        {
            var path = "/organizations/{id}/" + key;
            api.MapGet(
                    path,
                    (string id, HttpContext http, Paging paging, OrganizationConnections rows, CancellationToken ct) =>
                        rows.ListAsync(id, key, enabledAlone ? true : Query.Flag(http, "is_enabled"), table, paging, ct)
                )
                .RequireScope("read:organization_connections");
            api.MapPost(
                    path,
                    (string id, JsonBody body, OrganizationConnections rows, CancellationToken ct) =>
                        rows.AddAsync(id, body, table, ct))
                .RequireScope("create:organization_connections");
            api.MapGet(
                    path + "/{connectionId}",
                    (string id, string connectionId, OrganizationConnections rows, CancellationToken ct) =>
                        rows.GetAsync(id, connectionId, enabledAlone, table, ct))
                .RequireScope("read:organization_connections");
            api.MapPatch(
                    path + "/{connectionId}",
                    (
                        string id,
                        string connectionId,
                        JsonBody body,
                        OrganizationConnections rows,
                        CancellationToken ct) => rows.UpdateAsync(id, connectionId, enabledAlone, body, table, ct))
                .RequireScope("update:organization_connections");
            api.MapDelete(
                    path + "/{connectionId}",
                    (string id, string connectionId, OrganizationConnections rows, CancellationToken ct) =>
                        rows.DeleteAsync(id, connectionId, enabledAlone, ct))
                .RequireScope("delete:organization_connections");
        }
    }

    /// <summary>What both addresses do.</summary>
    internal sealed class OrganizationConnections(AuthDbContext db, TenantWrites writes, OrganizationAccess access)
    {
        public async Task<IResult> ListAsync(
            string id,
            string key,
            bool? enabled,
            ResourceSchema<OrganizationConnection> table,
            Paging paging,
            CancellationToken ct)
        {
            if (!await access.ExistsAsync(id, ct))
                return OrganizationEndpoints.Missing;
            var rows = db
                .OrganizationConnections.AsNoTracking()
                .Where(c => c.OrganizationId == id && (enabled == null || c.IsEnabled == enabled))
                .OrderBy(c => c.ConnectionId);
            return await paging.PageAsync(
                key, rows, items => OrganizationConnectionModel.WriteAsync(items, table, db, ct), ct);
        }

        public async Task<IResult> GetAsync(
            string id, string connectionId, bool enabledAlone, ResourceSchema<OrganizationConnection> table,
            CancellationToken ct) =>
            await FindAsync(id, connectionId, enabledAlone, ct) is { } row
                ? await AnswerAsync(row, table, StatusCodes.Status200OK, ct)
                : Missing;

        /// <summary>One that is there but switched off begins anew.</summary>
        public async Task<IResult> AddAsync(
            string id, JsonBody body, ResourceSchema<OrganizationConnection> table, CancellationToken ct)
        {
            if (body.Missing("connection_id") is { } missing)
                return missing;
            var row = new OrganizationConnection
            {
                OrganizationId = id,
                ConnectionId = body.Text("connection_id") ?? "",
            };
            if (table.Apply(body, row, Change.Create) is { } malformed)
                return malformed;
            if (OrganizationConnectionModel.Check(row) is { } unfit)
                return ManagementError.InvalidBody(unfit);

            await using var write = await writes.BeginAsync(ct);
            if (!await access.ExistsAsync(id, ct))
                return OrganizationEndpoints.Missing;
            if (!await db.Connections.AnyAsync(c => c.Id == row.ConnectionId, ct))
                return ConnectionEndpoints.Missing;
            if (await db.OrganizationConnections.AnyAsync(
                    c => c.OrganizationId == id && c.ConnectionId == row.ConnectionId && c.IsEnabled, ct))
                return ManagementError.Conflict(
                    "The connection is already enabled for this organization", "organization_connection_conflict");
            await db
                .OrganizationConnections.Where(c => c.OrganizationId == id && c.ConnectionId == row.ConnectionId)
                .ExecuteDeleteAsync(ct);
            db.Add(row);
            await write.SaveAsync(ct);
            return await AnswerAsync(row, table, StatusCodes.Status201Created, ct);
        }

        public async Task<IResult> UpdateAsync(
            string id,
            string connectionId,
            bool enabledAlone,
            JsonBody body,
            ResourceSchema<OrganizationConnection> table,
            CancellationToken ct)
        {
            await using var write = await writes.BeginAsync(ct);
            if (await FindAsync(id, connectionId, enabledAlone, ct) is not { } row)
                return Missing;
            if (table.Apply(body, row, Change.Update) is { } malformed)
                return malformed;
            if (OrganizationConnectionModel.Check(row) is { } unfit)
                return ManagementError.InvalidBody(unfit);
            await write.SaveAsync(ct);
            return await AnswerAsync(row, table, StatusCodes.Status200OK, ct);
        }

        public async Task<IResult> DeleteAsync(string id, string connectionId, bool enabledAlone, CancellationToken ct)
        {
            await using var write = await writes.BeginAsync(ct);
            if (await FindAsync(id, connectionId, enabledAlone, ct) is not { } row)
                return Missing;
            db.Remove(row);
            await write.SaveAsync(ct);
            return Results.NoContent();
        }

        private Task<OrganizationConnection?> FindAsync(
            string id, string connectionId, bool enabledAlone,
            CancellationToken ct) =>
            db.OrganizationConnections.SingleOrDefaultAsync(
                c => c.OrganizationId == id && c.ConnectionId == connectionId && (!enabledAlone || c.IsEnabled), ct);

        private async Task<IResult> AnswerAsync(
            OrganizationConnection row, ResourceSchema<OrganizationConnection> table, int status,
            CancellationToken ct) =>
            Results.Json(
                (await OrganizationConnectionModel.WriteAsync([row], table, db, ct)).Single(), statusCode: status);
    }
}
