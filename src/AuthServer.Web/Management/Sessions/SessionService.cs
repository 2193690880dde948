using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Storage.Sessions;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Sessions;

/// <summary>The sessions of browsers, and everything that one user can do (ASVS 7.4.5).</summary>
internal sealed class SessionService(
    AuthDbContext db, TenantWrites writes, SessionTerminator terminator, UserAccess access, TimeProvider time)
{
    private static readonly CheckpointKey<Session> ById =
        new((sessions, last) => sessions.Where(s => s.Id.CompareTo(last) > 0), session => session.Id);

    private static readonly ResourceSchema<AccessSelection> Selection = new ResourceSchema<AccessSelection>()
        .OptionalText("session_id", a => a.SessionId, (a, v) => a.SessionId = v)
        .Flag("preserve_refresh_tokens", a => a.PreserveRefreshTokens, (a, v) => a.PreserveRefreshTokens = v);

    private static ManagementException Missing =>
        ManagementError.NotFound("The session does not exist.", "inexistent_session").AsException();

    public async Task<JsonNode> ListOfUserAsync(string userId, Paging paging, CancellationToken ct)
    {
        await db.EnsureUserAsync(userId, ct);
        var sessions = Live().Where(s => s.UserId == userId).OrderBy(s => s.Id);
        return await paging.CheckpointOrTotalsAsync("sessions", sessions, ById, items => WriteAsync(items, ct), ct);
    }

    public async Task<JsonNode> GetAsync(string id, CancellationToken ct)
    {
        var session = await Live().SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw Missing;
        return (await WriteAsync([session], ct)).Single();
    }

    /// <summary>Its tokens stay. Deleting a session that does not exist is not an error.</summary>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await terminator.EndAsync(db.Sessions.Where(s => s.Id == id), time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
    }

    /// <summary>With the tokens that were granted in it.</summary>
    public async Task RevokeAsync(string id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        await terminator.RevokeAsync(db.Sessions.Where(s => s.Id == id), now, ct);
        await db.Authorizations.Where(a => a.SessionId == id).RevokeAsync(now, ct);
        await write.SaveAsync(ct);
    }

    public async Task DeleteOfUserAsync(string userId, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureUserAsync(userId, ct);
        await terminator.EndAsync(db.Sessions.Where(s => s.UserId == userId), time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
    }

    /// <summary>One session or all, with their tokens unless those are to be kept.</summary>
    public async Task RevokeAccessAsync(string userId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var asked = new AccessSelection();
        Selection.Apply(body, asked, Change.Create);
        if (!caller.Has("delete:sessions"))
            throw ManagementError.InsufficientScope(["delete:sessions"]).AsException();
        if (!asked.PreserveRefreshTokens && !caller.Has("delete:refresh_tokens"))
            throw ManagementError.InsufficientScope(["delete:refresh_tokens"]).AsException();

        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureUserAsync(userId, ct);
        var which = db.Sessions.Where(
            s => s.UserId == userId && (asked.SessionId == null || s.Id == asked.SessionId));
        if (asked.PreserveRefreshTokens)
            await terminator.EndAsync(which, now, ct);
        else if (asked.SessionId is null)
            await access.EndAsync(userId, now, ct);
        else
            await terminator.RevokeAsync(which, now, ct);
        await write.SaveAsync(ct);
    }

    private IQueryable<Session> Live()
    {
        var now = time.GetUtcNow();
        return db.Sessions.AsNoTracking().Where(s => s.ExpiresAt > now && s.IdleExpiresAt > now);
    }

    private async Task<IEnumerable<JsonNode>> WriteAsync(IReadOnlyList<Session> sessions, CancellationToken ct)
    {
        var ids = sessions.Select(s => s.Id).ToList();
        var used = await db.SessionClients.AsNoTracking().Where(c => ids.Contains(c.SessionId))
            .OrderBy(c => c.ClientId).ToListAsync(ct);
        var clients = used.ToLookup(c => c.SessionId, c => c.ClientId, StringComparer.Ordinal);
        return sessions.Select(session => SessionModel.Write(session, clients[session.Id]));
    }

    private sealed class AccessSelection
    {
        public string? SessionId { get; set; }
        public bool PreserveRefreshTokens { get; set; }
    }
}
