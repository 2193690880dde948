using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Users;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>Asks before a user is deleted, which takes a recent login.</summary>
[RequiresScope("delete:users")]
internal sealed class DeleteModel(DashboardServices services, UserService users)
    : UserPage(services, users), IDeletePage
{
    public DeleteQuestion Question => new("User", Shown.Name, Shown.Path, PathAfterwards, "Dashboard.Users");

    protected override bool NeedsRecentLogin => true;

    protected override string PathAfterwards => "/dashboard/users";

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ActAsync("DELETE /api/v2/users/{id}", () => Users.DeleteAsync(Id, Principal, ct), "deleted", ct);
}
