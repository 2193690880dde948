using System.Text.Json.Nodes;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Web.Management.Sessions;

/// <summary>
/// Refresh tokens, each under the id of its authorization: that stays the same however often the token rotates, and
/// revoking is one row.
/// </summary>
internal static class RefreshTokenEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound(
        "The refresh token does not exist.", "inexistent_refresh_token");

    public static void MapRefreshTokens(this RouteGroupBuilder api)
    {
        api.MapGet("/refresh-tokens", ListAsync).RequireScope("read:refresh_tokens");
        api.MapGet("/refresh-tokens/{id}", GetAsync).RequireScope("read:refresh_tokens");
        api.MapDelete("/refresh-tokens/{id}", DeleteAsync).RequireScope("delete:refresh_tokens");
        api.MapPost("/refresh-tokens/revoke", RevokeSelectedAsync).RequireScope("delete:refresh_tokens");
        api.MapGet("/users/{id}/refresh-tokens", ListOfUserAsync).RequireScope("read:refresh_tokens");
        api.MapDelete("/users/{id}/refresh-tokens", DeleteOfUserAsync).RequireScope("delete:refresh_tokens");
    }

    /// <summary>The newest token of every live authorization.</summary>
    public static IQueryable<Token> Live(AuthDbContext db, DateTimeOffset now)
    {
        var utc = now.UtcDateTime;
        return db.RefreshTokens.AsNoTracking().Include(t => t.Authorization)
            .Where(t => t.Status == Statuses.Valid && t.ExpirationDate > utc)
            .Where(t => t.Authorization!.Status == Statuses.Valid && t.Authorization.ExpiresAt > now);
    }

    private static Task<IResult> ListAsync(
        HttpContext http,
        Paging paging,
        Fields fields,
        AuthDbContext db,
        Tenant tenant,
        TimeProvider time,
        CancellationToken ct)
    {
        if (Query.Text(http, "user_id") is not { } userId)
            throw Query.Bad("Missing required property: user_id");
        var tokens = Live(db, time.GetUtcNow()).Where(t => t.Authorization!.UserId == userId);
        if (Query.Text(http, "client_id") is { } clientId)
            tokens = tokens.Where(t => t.Authorization!.ClientId == clientId);
        return PageAsync("refresh_tokens", tokens, paging, fields, db, tenant.Issuer, ct);
    }

    private static async Task<IResult> ListOfUserAsync(
        string id,
        Paging paging,
        AuthDbContext db,
        Tenant tenant,
        TimeProvider time,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        var tokens = Live(db, time.GetUtcNow()).Where(t => t.Authorization!.UserId == userId);
        return await PageAsync("tokens", tokens, paging, Fields.All, db, tenant.Issuer, ct);
    }

    private static Task<IResult> PageAsync(
        string key,
        IQueryable<Token> tokens,
        Paging paging,
        Fields fields,
        AuthDbContext db,
        Issuer issuer,
        CancellationToken ct) =>
        paging.CheckpointOrTotalsAsync(
            key,
            tokens.OrderBy(t => t.AuthorizationId),
            (query, last) => Guid.TryParse(last, out var after)
                ? query.Where(t => t.AuthorizationId!.Value.CompareTo(after) > 0)
                : query.Where(_ => false),
            t => t.AuthorizationId!.Value.ToString(),
            async items => (await WriteAsync(items, db, issuer, ct)).Select(fields.Pick),
            ct);

    private static async Task<IResult> GetAsync(
        string id, AuthDbContext db, Tenant tenant, TimeProvider time,
        CancellationToken ct) =>
        Guid.TryParseExact(id, "N", out var authorizationId)
        && await Live(db, time.GetUtcNow()).FirstOrDefaultAsync(t => t.AuthorizationId == authorizationId, ct)
            is { } token
            ? Results.Json((await WriteAsync([token], db, tenant.Issuer, ct)).Single())
            : Missing;

    private static async Task<IResult> DeleteAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        TimeProvider time,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (Guid.TryParseExact(id, "N", out var authorizationId))
            await db.Authorizations.Where(a => a.Id == authorizationId).RevokeAsync(time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    private static async Task<IResult> DeleteOfUserAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        TimeProvider time,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        await using var write = await writes.BeginAsync(ct);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        await WithRefreshToken(db).Where(a => a.UserId == userId).RevokeAsync(time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    /// <summary>By <c>ids</c>, or by <c>user_id</c> with or without <c>client_id</c>, or by <c>client_id</c>.</summary>
    private static async Task<IResult> RevokeSelectedAsync(
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        Tenant tenant,
        TimeProvider time,
        CancellationToken ct)
    {
        var asked = new RefreshTokenSelection();
        if (RefreshTokenSelection.Wire.Apply(body, asked, Change.Create) is { } malformed)
            return malformed;
        if (asked is { Ids.Count: 0, UserId: null, ClientId: null })
            return ManagementError.InvalidBody(new ValidationError("Expected ids, user_id or client_id"));
        await using var write = await writes.BeginAsync(ct);
        await asked.Narrow(WithRefreshToken(db), tenant.Issuer).RevokeAsync(time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.Accepted();
    }

    private static IQueryable<Authorization> WithRefreshToken(AuthDbContext db) =>
        db.Authorizations.Where(a => db.RefreshTokens.Any(t => t.AuthorizationId == a.Id));

    private static async Task<IEnumerable<JsonObject>> WriteAsync(
        IReadOnlyList<Token> tokens, AuthDbContext db, Issuer issuer, CancellationToken ct)
    {
        var clientIds = tokens.Select(t => t.Authorization!.ClientId).Distinct(StringComparer.Ordinal).ToList();
        var clients = await db
            .Clients.AsNoTracking()
            .Where(c => clientIds.Contains(c.ClientId))
            .ToDictionaryAsync(c => c.ClientId, StringComparer.Ordinal, ct);
        return tokens.Select(token => new JsonObject
        {
            ["id"] = token.AuthorizationId!.Value.ToString("N"),
            ["user_id"] = token.Authorization!.UserId,
            ["client_id"] = token.Authorization!.ClientId,
            ["session_id"] = token.Authorization!.SessionId,
            ["created_at"] = token.Authorization!.CreatedAt.Iso(),
            ["last_exchanged_at"] = token.CreatedAt.Iso(),
            ["idle_expires_at"] = EndOf(token.ExpiresAt),
            ["expires_at"] = EndOf(token.Authorization!.ExpiresAt),
            ["rotating"] = clients[token.Authorization!.ClientId].RefreshTokens.Rotating,
            ["resource_servers"] = new JsonArray(new JsonObject
            {
                ["audience"] = token.Authorization!.Audience is { } audience
                    ? issuer.Absolute(audience)
                    : issuer.UserInfo,
                ["scopes"] = token.Authorization!.GrantedScopes.ToString(),
            }),
        });
    }

    private static string? EndOf(DateTimeOffset end) => end == DateTimeOffset.MaxValue ? null : end.Iso();
}
