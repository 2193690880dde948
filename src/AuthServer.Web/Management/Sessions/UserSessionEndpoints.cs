using AuthServer.Storage;
using AuthServer.Storage.Sessions;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Sessions;

/// <summary>The sessions of one user, and all that one user can do (ASVS 7.4.5).</summary>
internal static class UserSessionEndpoints
{
    public static void MapUserSessions(this RouteGroupBuilder api)
    {
        api.MapGet("/users/{id}/sessions", ListAsync).RequireScope("read:sessions");
        api.MapDelete("/users/{id}/sessions", DeleteAsync).RequireScope("delete:sessions");
        api.MapPost("/users/{id}/revoke-access", RevokeAccessAsync)
            .RequireScope("delete:sessions", "delete:refresh_tokens");
    }

    private static async Task<IResult> ListAsync(
        string id,
        Paging paging,
        AuthDbContext db,
        TimeProvider time,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        var sessions = SessionEndpoints.Live(db, time.GetUtcNow()).Where(s => s.UserId == userId).OrderBy(s => s.Id);
        return await paging.CheckpointOrTotalsAsync(
            "sessions",
            sessions,
            (query, last) => query.Where(s => s.Id.CompareTo(last) > 0),
            s => s.Id,
            items => SessionEndpoints.WriteAsync(items, db, ct),
            ct);
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        SessionTerminator ended,
        TimeProvider time,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        await ended.EndAsync(db.Sessions.Where(s => s.UserId == userId), time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    /// <summary>One session or all, with their tokens unless those are to be kept.</summary>
    private static async Task<IResult> RevokeAccessAsync(
        string id,
        HttpContext http,
        ManagementPrincipal caller,
        AuthDbContext db,
        TenantWrites writes,
        SessionTerminator ended,
        UserAccess access,
        TimeProvider time,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        var asked = new Asked();
        if (http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0)
        {
            if (Wire.Apply(
                    new JsonBody(await JsonBody.ReadAsync(http, System.Text.Json.JsonValueKind.Object)),
                    asked,
                    Change.Create) is
                { } malformed)
                return malformed;
        }

        if (!caller.Has("delete:sessions") || (!asked.PreserveRefreshTokens && !caller.Has("delete:refresh_tokens")))
            return ManagementError.InsufficientScope([
                caller.Has("delete:sessions") ? "delete:refresh_tokens" : "delete:sessions",
            ]);

        var now = time.GetUtcNow();
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        var which = db.Sessions.Where(s => s.UserId == userId && (asked.SessionId == null || s.Id == asked.SessionId));
        switch (asked)
        {
            case { PreserveRefreshTokens: true }:
                await ended.EndAsync(which, now, ct);
                break;
            case { SessionId: null }:
                await access.EndAsync(userId, now, ct);
                break;
            default:
                await SessionEndpoints.RevokeAsync(which, db, ended, now, ct);
                break;
        }

        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    private static readonly ResourceSchema<Asked> Wire = new ResourceSchema<Asked>()
        .OptionalText("session_id", a => a.SessionId, (a, v) => a.SessionId = v)
        .Flag("preserve_refresh_tokens", a => a.PreserveRefreshTokens, (a, v) => a.PreserveRefreshTokens = v);

    private sealed class Asked
    {
        public string? SessionId { get; set; }
        public bool PreserveRefreshTokens { get; set; }
    }
}
