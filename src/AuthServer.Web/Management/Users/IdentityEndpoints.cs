using System.Text.Json.Nodes;
using AuthServer.Core.Federation;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>
/// Links two users into one, and takes an identity out again. No user is linked by an e-mail address
/// (docs/decisions/0012).
/// </summary>
internal static class IdentityEndpoints
{
    /// <summary>A token proves that its owner was here just now, not that they were once.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    private static readonly ManagementError MissingSecondary = new(
        StatusCodes.Status400BadRequest, "The secondary user does not exist.", "inexistent_user");

    public static void MapUserIdentities(this RouteGroupBuilder api)
    {
        api.MapPost("/users/{id}/identities", LinkAsync).RequireScope("update:users");
        api.MapDelete("/users/{id}/identities/{provider}/{identity}", UnlinkAsync).RequireScope("update:users");
    }

    private static async Task<IResult> LinkAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        IIdentityStore identities,
        IIdTokenHintReader tokens,
        TimeProvider time,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        var now = time.GetUtcNow();
        if (Array.Find(
                [.. body.Members.Select(member => member.Name)],
                name => name is not ("provider" or "user_id" or "connection_id" or "link_with")) is
            { } unknown)
            return ManagementError.InvalidBody(ValidationError.Unknown(unknown));
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;

        var (secondaryId, refused) = body.Has("link_with")
            ? await FromTokenAsync(body, tokens, now, ct)
            : FromIds(body);
        if (refused is not null)
            return refused;
        if (await db
                .Users.AsNoTracking()
                .Include(u => u.Identities)
                .SingleOrDefaultAsync(u => u.UserId == secondaryId, ct)
            is not { } secondary)
            return MissingSecondary;
        if (body.Text("connection_id") is { } connectionId
            && !await db.Connections.AnyAsync(c => c.Id == connectionId && c.Name == secondary.Connection, ct))
            return MissingSecondary;

        return await identities.MergeAsync(userId, secondary.UserId, ProviderUser.ProfileOf(secondary), now, ct) switch
        {
            IdentityMove.Done => Results.Json(
                await ListAsync(userId, db, ct), statusCode: StatusCodes.Status201Created),
            IdentityMove.AlreadyTheirs => new ManagementError(
                StatusCodes.Status400BadRequest, "Main account and secondary account are the same.", "invalid_body"),
            _ => MissingSecondary,
        };
    }

    private static async Task<IResult> UnlinkAsync(
        string id,
        string provider,
        string identity,
        AuthDbContext db,
        IIdentityStore identities,
        TimeProvider time,
        CancellationToken ct)
    {
        var (userId, now) = (PathIds.Unslashed(id), time.GetUtcNow());
        return await identities.SplitAsync(
            userId,
            PathIds.Unslashed(provider),
            PathIds.Unslashed(identity),
            taken => ProviderUser.Of(taken, now),
            now,
            ct) switch
        {
            IdentityMove.Done => Results.Json(await ListAsync(userId, db, ct)),
            IdentityMove.First => new ManagementError(
                StatusCodes.Status400BadRequest, "The main identity of a user can't be unlinked.",
                "operation_not_supported"),
            _ => ManagementError.NotFound("The user has no such identity.", "inexistent_identity"),
        };
    }

    private static (string SecondaryId, ManagementError? Refused) FromIds(JsonBody body)
    {
        if (body.Missing("provider", "user_id") is { } missing)
            return ("", missing);
        if (body.Text("provider") is not { Length: > 0 } provider
            || (body.Text("user_id") ?? body.Root.GetProperty("user_id").GetRawText()) is not { Length: > 0 } userId)
            return ("",
                ManagementError.InvalidBody("Payload validation error: 'Expected type string' on property provider."));
        return (userId.StartsWith(provider + "|", StringComparison.Ordinal) ? userId : $"{provider}|{userId}", null);
    }

    /// <summary>An ID token of the secondary user's own, that this server has just signed.</summary>
    private static async Task<(string SecondaryId, ManagementError? Refused)> FromTokenAsync(
        JsonBody body, IIdTokenHintReader tokens, DateTimeOffset now, CancellationToken ct)
    {
        var namesIdentity = body.Has("provider") || body.Has("user_id");
        var token = !namesIdentity && body.Text("link_with") is { } sent ? await tokens.ReadAsync(sent, ct) : null;
        if (token?.ProvesSignIn(Freshness, now) == true)
            return (token.Subject, null);
        return ("",
            ManagementError.InvalidBody(
                new ValidationError(
                    "Expected an ID token of this tenant that is not older than ten minutes", "link_with")));
    }

    private static async Task<JsonArray> ListAsync(string userId, AuthDbContext db, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().Include(u => u.Identities).SingleAsync(u => u.UserId == userId, ct);
        return UserModel.WriteIdentities(user);
    }
}
