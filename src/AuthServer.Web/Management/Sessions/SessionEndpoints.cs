using System.Text.Json.Nodes;
using AuthServer.Core.Sessions;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Storage.Sessions;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Sessions;

internal static class SessionEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound(
        "The session does not exist.", "inexistent_session");

    public static void MapSessions(this RouteGroupBuilder api)
    {
        api.MapGet("/sessions/{id}", GetAsync).RequireScope("read:sessions");
        api.MapDelete("/sessions/{id}", DeleteAsync).RequireScope("delete:sessions");
        api.MapPost("/sessions/{id}/revoke", RevokeOneAsync).RequireScope("delete:sessions");
    }

    /// <summary>The live ones alone.</summary>
    public static IQueryable<Session> Live(AuthDbContext db, DateTimeOffset now) =>
        db.Sessions.AsNoTracking().Where(s => s.ExpiresAt > now && s.IdleExpiresAt > now);

    public static async Task<IEnumerable<JsonNode>> WriteAsync(
        IReadOnlyList<Session> sessions, AuthDbContext db, CancellationToken ct)
    {
        var ids = sessions.Select(s => s.Id).ToList();
        var clients = (
            await db
                .SessionClients.AsNoTracking()
                .Where(c => ids.Contains(c.SessionId))
                .OrderBy(c => c.ClientId)
                .ToListAsync(ct)).ToLookup(c => c.SessionId, c => c.ClientId, StringComparer.Ordinal);
        return sessions.Select(session => Write(session, clients[session.Id]));
    }

    private static async Task<IResult> GetAsync(string id, AuthDbContext db, TimeProvider time, CancellationToken ct) =>
        await Live(db, time.GetUtcNow()).SingleOrDefaultAsync(s => s.Id == id, ct) is { } session
            ? Results.Json((await WriteAsync([session], db, ct)).Single())
            : Missing;

    private static async Task<IResult> DeleteAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        SessionTerminator ended,
        TimeProvider time,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await ended.EndAsync(db.Sessions.Where(s => s.Id == id), time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    /// <summary>With the tokens that were granted in it.</summary>
    private static async Task<IResult> RevokeOneAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        SessionTerminator ended,
        TimeProvider time,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        await RevokeAsync(db.Sessions.Where(s => s.Id == id), db, ended, now, ct);
        await db.Authorizations.Where(a => a.SessionId == id).RevokeAsync(now, ct);
        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    /// <summary>
    /// Ends sessions with the grants of every login that they went on from. Runs inside the caller's transaction.
    /// </summary>
    public static async Task RevokeAsync(
        IQueryable<Session> which,
        AuthDbContext db,
        SessionTerminator ended,
        DateTimeOffset now,
        CancellationToken ct)
    {
        await db.Authorizations
            .Where(a => which.Any(s => s.UserId == a.UserId
                && (s.Id == a.SessionId || db.SessionClients.Any(c => c.SessionId == s.Id && c.Sid == a.SessionId))))
            .RevokeAsync(now, ct);
        await ended.EndAsync(which, now, ct);
    }

    private static JsonObject Write(Session session, IEnumerable<string> clients) =>
        new()
        {
            ["id"] = session.Id,
            ["user_id"] = session.UserId,
            ["created_at"] = session.AuthenticatedAt.Iso(),
            ["updated_at"] = session.LastSeenAt.Iso(),
            ["authenticated_at"] = session.AuthenticatedAt.Iso(),
            ["last_interacted_at"] = session.LastSeenAt.Iso(),
            ["idle_expires_at"] = session.IdleExpiresAt.Iso(),
            ["expires_at"] = session.ExpiresAt.Iso(),
            ["device"] = new JsonObject { ["initial_user_agent"] = session.UserAgent, ["initial_ip"] = session.Ip },
            ["clients"] = new JsonArray([
                .. clients
                    .Distinct(StringComparer.Ordinal)
                    .Select(id => (JsonNode)new JsonObject { ["client_id"] = id }),
            ]),
            ["authentication"] = new JsonObject
            {
                ["methods"] = new JsonArray(
                    new JsonObject { ["name"] = "pwd", ["timestamp"] = session.AuthenticatedAt.Iso() }),
            },
            ["cookie"] = new JsonObject { ["mode"] = "persistent" },
        };
}
