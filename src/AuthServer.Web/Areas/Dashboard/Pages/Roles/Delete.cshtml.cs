using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Roles;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>Asks before a role is deleted.</summary>
[RequiresScope("delete:roles")]
internal sealed class DeleteModel(DashboardServices services, RoleService roles)
    : RolePage(services, roles), IDeletePage
{
    public const string Operation = "DELETE /api/v2/roles/{id}";

    public DeleteQuestion Question => new("Role", Role.Name, Role.Path, PathAfterwards, "Dashboard.Roles");

    protected override string PathAfterwards => "/dashboard/roles";

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ActAsync(Operation, () => Roles.DeleteAsync(Id, Principal, ct), "deleted", ct);
}
