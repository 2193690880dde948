using AuthServer.Core.Actions;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>The executions that are kept: those that failed, were denied or wrote to the console.</summary>
[RequiresScope("read:actions")]
internal sealed class ExecutionsModel(DashboardServices services, ActionService actions) : DashboardPage(services)
{
    public string? Trigger { get; private set; }

    public ResourcePage Executions { get; private set; } = ResourcePage.None;

    public async Task OnGetAsync(string? trigger, CancellationToken ct)
    {
        Trigger = ActionTriggers.Find(trigger)?.Id;
        var paging = new ActionPaging(Paging.Page, Paging.Size);
        Executions = ResourcePage.OfActions(await actions.ListExecutionsAsync(Trigger, paging, ct), "executions");
    }
}
