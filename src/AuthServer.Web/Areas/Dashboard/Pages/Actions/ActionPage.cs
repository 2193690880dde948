using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>A page of an Action without a form over its members. Its head shows the Action.</summary>
[RequiresScope("read:actions")]
internal abstract class ActionPage(DashboardServices services, ActionService actions) : OperationPage(services)
{
    [FromRoute]
    public string Id { get; set; } = "";

    public ActionView Action { get; private set; } = null!;

    protected ActionService Actions => actions;

    protected sealed override string[] ResourceIds => [Id];

    protected sealed override async Task OpenAsync(CancellationToken ct)
    {
        Action = new ActionView(await actions.GetAsync(Id, ct), Principal);
        await LoadAsync(ct);
    }

    /// <summary>Reads what the page shows beside the Action.</summary>
    protected virtual Task LoadAsync(CancellationToken ct) => Task.CompletedTask;
}
