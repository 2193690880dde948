using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Roles;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>
/// A page of a role without a form over its members. A role may make an administrator, so that a change takes a recent
/// login.
/// </summary>
[RequiresScope("read:roles")]
internal abstract class RolePage(DashboardServices services, RoleService roles) : ViewPage<RoleView>(services)
{
    public RoleView Role => View;

    protected sealed override bool NeedsRecentLogin => true;

    protected RoleService Roles => roles;

    protected sealed override async Task<RoleView> ReadAsync(CancellationToken ct) =>
        new(await roles.GetAsync(Id, ct), Principal);
}
