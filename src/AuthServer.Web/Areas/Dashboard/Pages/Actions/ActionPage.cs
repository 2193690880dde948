using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>A page of an Action without a form over its members.</summary>
[RequiresScope("read:actions")]
internal abstract class ActionPage(DashboardServices services, ActionService actions) : ViewPage<ActionView>(services)
{
    public ActionView Action => View;

    protected ActionService Actions => actions;

    protected sealed override async Task<ActionView> ReadAsync(CancellationToken ct) =>
        new(await actions.GetAsync(Id, ct), Principal);
}
