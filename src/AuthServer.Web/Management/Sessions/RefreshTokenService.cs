using System.Text.Json.Nodes;
using AuthServer.Core.Model;
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
internal sealed class RefreshTokenService(AuthDbContext db, TenantWrites writes, Tenant tenant, TimeProvider time)
{
    private static readonly CheckpointKey<Token> ByAuthorization = new(
        (tokens, last) => Guid.TryParse(last, out var after)
            ? tokens.Where(t => t.AuthorizationId!.Value.CompareTo(after) > 0)
            : tokens.Where(_ => false),
        token => token.AuthorizationId!.Value.ToString());

    private static ManagementException Missing =>
        ManagementError.NotFound("The refresh token does not exist.", "inexistent_refresh_token").AsException();

    private IQueryable<Authorization> WithRefreshToken =>
        db.Authorizations.Where(a => db.RefreshTokens.Any(t => t.AuthorizationId == a.Id));

    public Task<JsonNode> ListAsync(
        string userId, string? clientId, Paging paging, Fields fields, CancellationToken ct)
    {
        var tokens = Live().Where(t => t.Authorization!.UserId == userId);
        if (clientId is not null)
            tokens = tokens.Where(t => t.Authorization!.ClientId == clientId);
        return PageAsync("refresh_tokens", tokens, paging, fields, ct);
    }

    public async Task<JsonNode> ListOfUserAsync(string userId, Paging paging, CancellationToken ct)
    {
        await db.EnsureUserAsync(userId, ct);
        var tokens = Live().Where(t => t.Authorization!.UserId == userId);
        return await PageAsync("tokens", tokens, paging, Fields.All, ct);
    }

    public Task<JsonNode> ListDeviceCredentialsAsync(
        DeviceCredentialFilter filter, Paging paging, Fields fields, CancellationToken ct) =>
        paging.PageAsync(
            "device_credentials",
            filter.Apply(Live()).OrderBy(t => t.AuthorizationId),
            token => fields.Pick(RefreshTokenModel.WriteDeviceCredential(token)),
            ct);

    public async Task<JsonNode> GetAsync(string id, CancellationToken ct)
    {
        var authorizationId = Parse(id) ?? throw Missing;
        var token = await Live().FirstOrDefaultAsync(t => t.AuthorizationId == authorizationId, ct) ?? throw Missing;
        return (await WriteAsync([token], ct)).Single();
    }

    /// <summary>Deleting a refresh token that does not exist is not an error.</summary>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        if (Parse(id) is not { } authorizationId)
            return;
        await using var write = await writes.BeginAsync(ct);
        await db.Authorizations.Where(a => a.Id == authorizationId).RevokeAsync(time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
    }

    public async Task DeleteOfUserAsync(string userId, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureUserAsync(userId, ct);
        await WithRefreshToken.Where(a => a.UserId == userId).RevokeAsync(time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
    }

    /// <summary>By <c>ids</c>, or by <c>user_id</c> with or without <c>client_id</c>, or by <c>client_id</c>.</summary>
    public async Task RevokeSelectedAsync(JsonBody body, CancellationToken ct)
    {
        var asked = new RefreshTokenSelection();
        RefreshTokenSelection.Wire.Apply(body, asked, Change.Create);
        if (asked is { Ids.Count: 0, UserId: null, ClientId: null })
            throw ManagementException.Invalid("Expected ids, user_id or client_id");
        await using var write = await writes.BeginAsync(ct);
        await asked.Narrow(WithRefreshToken, tenant.Issuer).RevokeAsync(time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
    }

    /// <summary>The newest token of every live authorization.</summary>
    private IQueryable<Token> Live()
    {
        var now = time.GetUtcNow();
        var utc = now.UtcDateTime;
        return db.RefreshTokens.AsNoTracking().Include(t => t.Authorization)
            .Where(t => t.Status == Statuses.Valid && t.ExpirationDate > utc)
            .Where(t => t.Authorization!.Status == Statuses.Valid && t.Authorization.ExpiresAt > now);
    }

    private Task<JsonNode> PageAsync(
        string key, IQueryable<Token> tokens, Paging paging, Fields fields, CancellationToken ct) =>
        paging.CheckpointOrTotalsAsync(
            key,
            tokens.OrderBy(t => t.AuthorizationId),
            ByAuthorization,
            async items => (await WriteAsync(items, ct)).Select(fields.Pick),
            ct);

    private async Task<IEnumerable<JsonObject>> WriteAsync(IReadOnlyList<Token> tokens, CancellationToken ct)
    {
        var clientIds = tokens.Select(t => t.Authorization!.ClientId).Distinct(StringComparer.Ordinal).ToList();
        var clients = await db.Clients.AsNoTracking().Where(c => clientIds.Contains(c.ClientId))
            .ToDictionaryAsync(c => c.ClientId, StringComparer.Ordinal, ct);
        return tokens.Select(token => RefreshTokenModel.Write(
            token, clients[token.Authorization!.ClientId].RefreshTokens.Rotating, tenant.Issuer));
    }

    private static Guid? Parse(string id) => Guid.TryParseExact(id, "N", out var parsed) ? parsed : null;
}
