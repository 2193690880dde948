using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Roles;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>
/// A page of a role without a form over its members. A role may make an administrator, so that a change takes a recent
/// login.
/// </summary>
[RequiresScope("read:roles")]
internal abstract class RolePage(DashboardServices services, RoleService roles) : OperationPage(services)
{
    [FromRoute]
    public string Id { get; set; } = "";

    public RoleView Role { get; private set; } = null!;

    protected RoleService Roles => roles;

    protected sealed override string[] ResourceIds => [Id];

    protected sealed override bool NeedsRecentLogin => true;

    /// <summary>Reads what the tab shows.</summary>
    protected virtual Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    protected sealed override async Task OpenAsync(CancellationToken ct)
    {
        Role = new RoleView(await roles.GetAsync(Id, ct), Principal);
        await LoadAsync(ct);
    }
}
