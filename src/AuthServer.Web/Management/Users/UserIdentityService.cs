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
internal sealed class UserIdentityService(
    AuthDbContext db,
    TenantWrites writes,
    PrivilegeEscalationGuard guard,
    IIdentityStore identities,
    IIdTokenHintReader tokens,
    TimeProvider time)
{
    /// <summary>A token proves that its user signed in a moment ago, not that they once did.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    private static ManagementException MissingSecondary =>
        ManagementError.BadRequest("The secondary user does not exist.", "inexistent_user").AsException();

    /// <returns>The identities of the user, that of the other one among them.</returns>
    public async Task<JsonArray> LinkAsync(
        string userId, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        body.AllowOnly("provider", "user_id", "connection_id", "link_with");
        await db.EnsureUserAsync(userId, ct);
        var secondaryId = body.Has("link_with") ? await FromTokenAsync(body, now, ct) : FromIds(body);
        var secondary = await db.Users.AsNoTracking().Include(u => u.Identities)
            .SingleOrDefaultAsync(u => u.UserId == secondaryId, ct) ?? throw MissingSecondary;
        if (body.Text("connection_id") is { } connectionId
            && !await db.Connections.AnyAsync(c => c.Id == connectionId && c.Name == secondary.Connection, ct))
            throw MissingSecondary;

        var profile = ProviderUser.ProfileOf(secondary);
        var check = EnsureNotBeyond(caller, [userId, secondary.UserId], ct);
        return await identities.MergeAsync(userId, secondary.UserId, profile, check, now, ct) switch
        {
            IdentityMove.Done => await ListAsync(userId, ct),
            IdentityMove.AlreadyTheirs => throw ManagementError.BadRequest(
                "Main account and secondary account are the same.", "invalid_body").AsException(),
            _ => throw MissingSecondary,
        };
    }

    /// <returns>The identities that the user still has.</returns>
    public async Task<JsonArray> UnlinkAsync(
        string userId, string provider, string identity, ManagementPrincipal caller, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var move = await identities.SplitAsync(
            userId,
            provider,
            identity,
            taken => ProviderUser.Of(taken, now),
            EnsureNotBeyond(caller, [userId], ct),
            now,
            ct);
        return move switch
        {
            IdentityMove.Done => await ListAsync(userId, ct),
            IdentityMove.First => throw ManagementError.BadRequest(
                "The main identity of a user can't be unlinked.", "operation_not_supported").AsException(),
            _ => throw ManagementError.NotFound(
                "The user has no such identity.", "inexistent_identity").AsException(),
        };
    }

    /// <summary>No permission is assigned between this check, in the transaction of a move, and the move.</summary>
    private Func<Task> EnsureNotBeyond(ManagementPrincipal caller, string[] userIds, CancellationToken ct) =>
        async () =>
        {
            await writes.LockAsync(ct);
            await guard.EnsureUsersNotBeyondAsync(caller, db.Users.Where(u => userIds.Contains(u.UserId)), ct);
        };

    private static string FromIds(JsonBody body)
    {
        body.Require("provider", "user_id");
        var provider = body.Text("provider") ?? "";
        var userId = body.Text("user_id") ?? body.Root.GetProperty("user_id").GetRawText();
        if (provider.Length == 0 || userId.Length == 0)
            throw ManagementException.Invalid("Expected type string", "provider");
        return userId.StartsWith(provider + "|", StringComparison.Ordinal) ? userId : $"{provider}|{userId}";
    }

    /// <summary>An ID token of the secondary user's own, that this server has just signed.</summary>
    private async Task<string> FromTokenAsync(JsonBody body, DateTimeOffset now, CancellationToken ct)
    {
        var namesIdentity = body.Has("provider") || body.Has("user_id");
        var token = !namesIdentity && body.Text("link_with") is { } sent ? await tokens.ReadAsync(sent, ct) : null;
        return token?.ProvesSignIn(Freshness, now) == true
            ? token.Subject
            : throw ManagementException.Invalid(
                "Expected an ID token of this tenant that is not older than ten minutes", "link_with");
    }

    private async Task<JsonArray> ListAsync(string userId, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().Include(u => u.Identities).SingleAsync(u => u.UserId == userId, ct);
        return UserModel.WriteIdentities(user);
    }
}
