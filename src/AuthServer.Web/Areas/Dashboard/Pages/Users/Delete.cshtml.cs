using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Users;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>Asks before a user is deleted.</summary>
[RequiresScope("delete:users")]
internal sealed class DeleteModel(DashboardServices services, UserService users) : UserPage(services, users)
{
    public Task<IActionResult> OnPostAsync(CancellationToken ct) => LeadAsync(
        "DELETE /api/v2/users/{id}", () => Users.DeleteAsync(Id, ct), "/dashboard/users?done=deleted", ct);

    protected override Task LoadAsync(CancellationToken ct) => Task.CompletedTask;
}
