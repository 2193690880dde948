using System.Text.Json.Nodes;
using AuthServer.Web.Management.Blocks;
using AuthServer.Web.Management.Jobs;
using AuthServer.Web.Management.Sessions;
using AuthServer.Web.Management.Tickets;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>What is known of a user, and what helps them.</summary>
internal sealed class ProfileModel(
    DashboardServices services,
    UserService users,
    UserUpdateService updates,
    BlockService blocks,
    TicketService tickets,
    JobService jobs,
    SessionService sessions)
    : UserPage(services, users)
{
    public const string Unlocking = "DELETE /api/v2/user-blocks/{id}";
    public const string Linking = "POST /api/v2/tickets/password-change";
    public const string Verification = "POST /api/v2/jobs/verification-email";
    public const string Revocation = "POST /api/v2/users/{id}/revoke-access";
    private const string Update = "PATCH /api/v2/users/{id}";

    /// <summary>Why the user can't sign in now: too many wrong passwords.</summary>
    public IReadOnlyList<JsonNode> Blocks { get; private set; } = [];

    /// <summary>The link to set a password; only in the answer to the request for it.</summary>
    public string? Link { get; private set; }

    public bool MayBlock => Principal.Has("update:users");

    public Task<IActionResult> OnPostUnlockAsync(CancellationToken ct) =>
        ActAsync(Unlocking, () => blocks.LiftOfUserAsync(Id, Principal, ct), "unlocked", ct);

    public Task<IActionResult> OnPostVerifyAsync(CancellationToken ct) =>
        ActAsync(Verification, () => jobs.VerifyEmailAsync(OfUser(), ct), "verified", ct);

    public Task<IActionResult> OnPostEverywhereAsync(CancellationToken ct) => ActAsync(
        Revocation, () => sessions.RevokeAccessAsync(Id, JsonBody.Empty, Principal, ct), "everywhere", ct);

    public Task<IActionResult> OnPostBlockAsync(CancellationToken ct) => SetBlockedAsync(true, "blocked", ct);

    public Task<IActionResult> OnPostUnblockAsync(CancellationToken ct) => SetBlockedAsync(false, "unblocked", ct);

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken ct)
    {
        if (May(Linking) && !HasSignedInRecently)
            return To(Request.Path);
        return await ActAsync(
            Linking,
            async () => Link = (string?)(await tickets.ChangePasswordAsync(OfUser(), Principal, ct))["ticket"],
            done: null,
            ct);
    }

    protected override async Task LoadAsync(CancellationToken ct) =>
        Blocks = [.. (await blocks.OfUserAsync(Id, ct))["blocked_for"]!.AsArray().OfType<JsonNode>()];

    private Task<IActionResult> SetBlockedAsync(bool isBlocked, string done, CancellationToken ct)
    {
        var body = JsonBody.Of(new JsonObject { ["blocked"] = isBlocked });
        return ActAsync(Update, () => updates.UpdateAsync(Id, body, Principal, ct), done, ct);
    }

    private JsonBody OfUser() => JsonBody.Of(new JsonObject { ["user_id"] = Id });
}
