using System.Text.Json.Nodes;
using AuthServer.Core.Authorizations;
using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Sessions;

/// <summary>Auth0's older view of the same refresh tokens. There are no other device credentials here.</summary>
internal static class DeviceCredentialEndpoints
{
    public static void MapDeviceCredentials(this RouteGroupBuilder api)
    {
        api.MapGet("/device-credentials", ListAsync).RequireScope("read:device_credentials");
        api.MapDelete("/device-credentials/{id}", DeleteAsync).RequireScope("delete:device_credentials");
    }

    private static Task<IResult> ListAsync(
        HttpContext http,
        Paging paging,
        Fields fields,
        AuthDbContext db,
        TimeProvider time,
        CancellationToken ct)
    {
        var tokens = RefreshTokenEndpoints.Live(db, time.GetUtcNow());
        if (Query.Text(http, "user_id") is { } userId)
            tokens = tokens.Where(t => t.Authorization!.UserId == userId);
        if (Query.Text(http, "client_id") is { } clientId)
            tokens = tokens.Where(t => t.Authorization!.ClientId == clientId);
        if (Query.Text(http, "type") is { } type && type is not ("refresh_token" or "rotating_refresh_token"))
            tokens = tokens.Where(_ => false);
        return paging.PageAsync(
            "device_credentials", tokens.OrderBy(t => t.AuthorizationId), token => fields.Pick(Write(token)), ct);
    }

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
        return Results.NoContent();
    }

    private static JsonObject Write(Token token) => new()
    {
        ["id"] = token.AuthorizationId!.Value.ToString("N"),
        ["type"] = "refresh_token",
        ["user_id"] = token.Authorization!.UserId,
        ["client_id"] = token.Authorization!.ClientId,
    };
}
