using System.Text.Json.Nodes;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Sessions;

/// <summary>
/// Refresh tokens, each under the id of its grant: that stays the same however often the token rotates, and revoking is one row.
/// </summary>
internal static class RefreshTokenEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound("The refresh token does not exist.", "inexistent_refresh_token");

    public static void MapRefreshTokens(this RouteGroupBuilder api)
    {
        api.MapGet("/refresh-tokens", ListAsync).RequireScope("read:refresh_tokens");
        api.MapGet("/refresh-tokens/{id}", GetAsync).RequireScope("read:refresh_tokens");
        api.MapDelete("/refresh-tokens/{id}", DeleteAsync).RequireScope("delete:refresh_tokens");
        api.MapPost("/refresh-tokens/revoke", RevokeSelectedAsync).RequireScope("delete:refresh_tokens");
        api.MapGet("/users/{id}/refresh-tokens", ListOfUserAsync).RequireScope("read:refresh_tokens");
        api.MapDelete("/users/{id}/refresh-tokens", DeleteOfUserAsync).RequireScope("delete:refresh_tokens");
    }

    /// <summary>The newest token of every grant that is still good.</summary>
    public static IQueryable<RefreshToken> Live(AuthDbContext db, DateTimeOffset now) => db.RefreshTokens.AsNoTracking().Include(t => t.Grant)
        .Where(t => t.SpentAt == null && t.ExpiresAt > now && t.Grant.RevokedAt == null && t.Grant.ExpiresAt > now);

    /// <summary>Revokes the grants, and with them every token. Runs inside the caller's transaction.</summary>
    public static Task<int> RevokeAsync(IQueryable<Grant> which, DateTimeOffset now, CancellationToken ct) =>
        which.Where(g => g.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now), ct);

    private static Task<IResult> ListAsync(HttpContext http, Paging paging, Fields fields, AuthDbContext db, Tenant tenant, TimeProvider time, CancellationToken ct)
    {
        if (Query.Text(http, "user_id") is not { } userId)
            throw Query.Bad("Missing required property: user_id");
        var tokens = Live(db, time.GetUtcNow()).Where(t => t.Grant.UserId == userId);
        if (Query.Text(http, "client_id") is { } clientId)
            tokens = tokens.Where(t => t.Grant.ClientId == clientId);
        return PageAsync("refresh_tokens", tokens, paging, fields, db, tenant.Issuer, ct);
    }

    private static async Task<IResult> ListOfUserAsync(string id, Paging paging, AuthDbContext db, Tenant tenant, TimeProvider time, CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        return await PageAsync("tokens", Live(db, time.GetUtcNow()).Where(t => t.Grant.UserId == userId), paging, Fields.All, db, tenant.Issuer, ct);
    }

    private static Task<IResult> PageAsync(string key, IQueryable<RefreshToken> tokens, Paging paging, Fields fields, AuthDbContext db, Issuer issuer, CancellationToken ct) =>
        paging.CheckpointOrTotalsAsync(
            key,
            tokens.OrderBy(t => t.GrantId),
            (query, last) => Guid.TryParse(last, out var after) ? query.Where(t => t.GrantId.CompareTo(after) > 0) : query.Where(_ => false),
            t => t.GrantId.ToString(),
            async items => (await WriteAsync(items, db, issuer, ct)).Select(fields.Pick),
            ct);

    private static async Task<IResult> GetAsync(string id, AuthDbContext db, Tenant tenant, TimeProvider time, CancellationToken ct) =>
        Guid.TryParseExact(id, "N", out var grantId) && await Live(db, time.GetUtcNow()).FirstOrDefaultAsync(t => t.GrantId == grantId, ct) is { } token
            ? Results.Json((await WriteAsync([token], db, tenant.Issuer, ct)).Single())
            : Missing;

    private static async Task<IResult> DeleteAsync(string id, AuthDbContext db, TenantWrites writes, TimeProvider time, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (Guid.TryParseExact(id, "N", out var grantId))
            await RevokeAsync(db.Grants.Where(g => g.Id == grantId), time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    private static async Task<IResult> DeleteOfUserAsync(string id, AuthDbContext db, TenantWrites writes, TimeProvider time, CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        await RevokeAsync(db.Grants.Where(g => g.UserId == userId && db.RefreshTokens.Any(t => t.GrantId == g.Id)), time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    /// <summary>By <c>ids</c>, or by <c>user_id</c> with or without <c>client_id</c>, or by <c>client_id</c>.</summary>
    private static async Task<IResult> RevokeSelectedAsync(JsonBody body, AuthDbContext db, TenantWrites writes, Tenant tenant, TimeProvider time, CancellationToken ct)
    {
        var asked = new RefreshTokenSelection();
        if (RefreshTokenSelection.Wire.Apply(body, asked, Change.Create) is { } malformed)
            return malformed;
        if (asked is { Ids.Count: 0, UserId: null, ClientId: null })
            return ManagementError.InvalidBody(new Problem("Expected ids, user_id or client_id"));
        await using var write = await writes.BeginAsync(ct);
        await RevokeAsync(asked.Narrow(db.Grants.Where(g => db.RefreshTokens.Any(t => t.GrantId == g.Id)), tenant.Issuer), time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    private static async Task<IEnumerable<JsonObject>> WriteAsync(IReadOnlyList<RefreshToken> tokens, AuthDbContext db, Issuer issuer, CancellationToken ct)
    {
        var clientIds = tokens.Select(t => t.Grant.ClientId).Distinct(StringComparer.Ordinal).ToList();
        var clients = await db.Clients.AsNoTracking().Where(c => clientIds.Contains(c.ClientId)).ToDictionaryAsync(c => c.ClientId, StringComparer.Ordinal, ct);
        return tokens.Select(token => new JsonObject
        {
            ["id"] = token.GrantId.ToString("N"),
            ["user_id"] = token.Grant.UserId,
            ["client_id"] = token.Grant.ClientId,
            ["session_id"] = token.Grant.SessionId,
            ["created_at"] = token.Grant.CreatedAt.Iso(),
            ["last_exchanged_at"] = token.IssuedAt.Iso(),
            ["idle_expires_at"] = EndOf(token.ExpiresAt),
            ["expires_at"] = EndOf(token.Grant.ExpiresAt),
            ["rotating"] = clients[token.Grant.ClientId].RefreshTokens.Rotating,
            ["resource_servers"] = new JsonArray(new JsonObject
            {
                ["audience"] = token.Grant.Audience is { } audience ? issuer.Absolute(audience) : issuer.UserInfo,
                ["scopes"] = token.Grant.Scopes.ToString(),
            }),
        });
    }

    private static string? EndOf(DateTimeOffset end) => end == DateTimeOffset.MaxValue ? null : end.Iso();
}
