using System.Text.Json.Nodes;
using AuthServer.Core.Logs;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Logs;
using AuthServer.Web.Management.Search;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Logs;

/// <summary>The audit log. Who reads it sees all that this node recorded before.</summary>
internal static class LogEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound(
        "The log does not exist.", "log_not_found");

    public static void MapLogs(this RouteGroupBuilder api)
    {
        api.MapGet("/logs", ListAsync).RequireScope("read:logs", "read:logs_users");
        api.MapGet("/logs/{id}", GetAsync).RequireScope("read:logs", "read:logs_users");
        api.MapGet("/users/{id}/logs", OfUserAsync).RequireScope("read:logs", "read:logs_users");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        Paging paging,
        Fields fields,
        LogQueue queue,
        AuthDbContext db,
        BoundedSearch search,
        Tenant tenant,
        CancellationToken ct)
    {
        await queue.ReachAsync(ct);
        var events = db.LogEvents.AsNoTracking();
        if (paging.ByCheckpoint)
            return await AfterAsync(http, paging, fields, events, tenant, ct);

        // The newer SDKs say search where the older ones say q.
        foreach (var q in ((string[])["q", "search"]).Select(name => Query.Text(http, name)).OfType<string>())
            events = events.Where(LogSearch.Table.Predicate(q, db));
        var sorted = LogSearch.Sort(events, Query.Text(http, "sort"));
        return await search.PageAsync(
            "logs", paging, sorted, logged => fields.Pick(LogModel.Write(logged, tenant.Issuer)), ct);
    }

    /// <summary>
    /// What came after an event, the oldest first: for whoever copies the log elsewhere. The way on is a Link header,
    /// as Auth0 has it.
    /// </summary>
    private static async Task<IResult> AfterAsync(
        HttpContext http,
        Paging paging,
        Fields fields,
        IQueryable<LogEvent> events,
        Tenant tenant,
        CancellationToken ct)
    {
        var after = paging.From is { } from
            ? LogIds.PlaceOf(from) ?? throw Query.Bad("Invalid log id on property from")
            : 0;
        var read = await events.Where(e => e.Id > after).OrderBy(e => e.Id).Take(paging.Size).ToListAsync(ct);
        if ((read.Count > 0 ? LogIds.Of(read[^1]) : paging.From) is { } next)
            http.Response.Headers.Link =
                $"<{tenant.Issuer.At($"{ManagementApi.Root}/logs?from={next}&take={paging.Size}")}>; rel=\"next\"";
        return Results.Json(
            new JsonArray([.. read.Select(logged => fields.Pick(LogModel.Write(logged, tenant.Issuer)))]));
    }

    private static async Task<IResult> GetAsync(
        string id,
        LogQueue queue,
        AuthDbContext db,
        Tenant tenant,
        CancellationToken ct)
    {
        await queue.ReachAsync(ct);
        return
            LogIds.PlaceOf(id) is { } place
            && await db.LogEvents.AsNoTracking().SingleOrDefaultAsync(e => e.Id == place, ct) is { } logged
            && LogIds.Of(logged) == id
            ? Results.Json(LogModel.Write(logged, tenant.Issuer))
            : Missing;
    }

    private static async Task<IResult> OfUserAsync(
        string id,
        HttpContext http,
        Paging paging,
        LogQueue queue,
        AuthDbContext db,
        BoundedSearch search,
        Tenant tenant,
        CancellationToken ct)
    {
        await queue.ReachAsync(ct);
        var userId = PathIds.Unslashed(id);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        var events = LogSearch.Sort(
            db.LogEvents.AsNoTracking().Where(e => e.UserId == userId), Query.Text(http, "sort"));
        return await search.PageAsync("logs", paging, events, logged => LogModel.Write(logged, tenant.Issuer), ct);
    }
}
