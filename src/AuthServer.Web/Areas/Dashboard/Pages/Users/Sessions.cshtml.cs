using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Sessions;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>The browsers in which a user is signed in.</summary>
[RequiresScope("read:sessions")]
internal sealed class SessionsModel(DashboardServices services, UserService users, SessionService sessions)
    : UserPage(services, users)
{
    public const string Deletion = "DELETE /api/v2/sessions/{id}";

    public ResourcePage Sessions { get; private set; } = ResourcePage.None;

    /// <summary>A session of another user is not ended.</summary>
    public async Task<IActionResult> OnPostEndAsync(CancellationToken ct)
    {
        var id = Request.Posted("session");
        if ((string?)(await sessions.GetAsync(id, ct))["user_id"] != Id)
            return NotFound();
        return await ActAsync(Deletion, () => sessions.DeleteAsync(id, ct), "ended", ct, id);
    }

    protected override async Task LoadAsync(CancellationToken ct) =>
        Sessions = ResourcePage.Of(await sessions.ListOfUserAsync(Id, Paging, ct), "sessions");
}
