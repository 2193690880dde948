using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>One run: how long each Action took, its error and what it wrote to the console.</summary>
[RequiresScope("read:actions")]
internal sealed class ExecutionModel(DashboardServices services, ActionService actions) : DashboardPage(services)
{
    [FromRoute(Name = "execution")]
    public string Id { get; set; } = "";

    public ExecutionView Execution { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) =>
        Execution = new ExecutionView(await actions.GetExecutionAsync(Id, ct));
}
