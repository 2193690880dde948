using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Logs;
using AuthServer.Web.Management.Search;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Logs;

/// <summary>The audit log. A reader sees all that this node recorded before.</summary>
internal sealed class LogService(AuthDbContext db, BoundedSearch search, LogQueue queue, Tenant tenant)
{
    private static ManagementException Missing =>
        ManagementError.NotFound("The log does not exist.", "log_not_found").AsException();

    public async Task<JsonNode> ListAsync(LogFilter filter, Paging paging, Fields fields, CancellationToken ct)
    {
        var events = filter.Apply(await EventsAsync(ct), db);
        return await search.PageAsync("logs", paging, events, logged => fields.Pick(Write(logged)), ct);
    }

    /// <summary>The events after a checkpoint, the oldest first: for readers that copy the log elsewhere.</summary>
    /// <returns>The events, and the URL at which the next ones will be; null when the log is empty.</returns>
    public async Task<(JsonArray Events, string? Next)> AfterAsync(
        Paging paging, Fields fields, CancellationToken ct)
    {
        var events = await EventsAsync(ct);
        var after = paging.From is { } from
            ? LogIds.PlaceOf(from) ?? throw Query.Bad("Invalid log id on property from")
            : 0;
        var read = await events.Where(e => e.Id > after).OrderBy(e => e.Id).Take(paging.Size).ToListAsync(ct);
        var last = read.Count > 0 ? LogIds.Of(read[^1]) : paging.From;
        var next = last is null
            ? null
            : tenant.Issuer.At($"{ManagementApi.Root}/logs?from={last}&take={paging.Size}");
        return ([.. read.Select(logged => fields.Pick(Write(logged)))], next);
    }

    public async Task<JsonObject> GetAsync(string id, CancellationToken ct)
    {
        var events = await EventsAsync(ct);
        var place = LogIds.PlaceOf(id) ?? throw Missing;
        var logged = await events.SingleOrDefaultAsync(e => e.Id == place, ct);
        return logged is not null && LogIds.Of(logged) == id ? Write(logged) : throw Missing;
    }

    public async Task<JsonNode> OfUserAsync(string userId, string? sort, Paging paging, CancellationToken ct)
    {
        var events = await EventsAsync(ct);
        await db.EnsureUserAsync(userId, ct);
        var ofUser = new LogFilter { Sort = sort }.Apply(events.Where(e => e.UserId == userId), db);
        return await search.PageAsync("logs", paging, ofUser, Write, ct);
    }

    private async Task<IQueryable<LogEvent>> EventsAsync(CancellationToken ct)
    {
        await queue.ReachAsync(ct);
        return db.LogEvents.AsNoTracking();
    }

    private JsonObject Write(LogEvent logged) => LogModel.Write(logged, tenant.Issuer);
}
