using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>A page of one resource whose buttons ask for operations of <c>/api/v2</c>.</summary>
internal abstract class TabPage(DashboardServices services) : DashboardPage(services)
{
    /// <summary>The values of the route's parameters.</summary>
    protected abstract string[] ResourceIds { get; }

    public Task OnGetAsync(CancellationToken ct) => OpenAsync(ct);

    /// <summary>Reads the resource, and what else the page shows.</summary>
    protected abstract Task OpenAsync(CancellationToken ct);

    /// <summary>Performs an operation that a button asks for.</summary>
    /// <param name="operation">Method and route at <c>/api/v2</c>.</param>
    /// <param name="perform">The call of the service.</param>
    /// <param name="done">The last part of the key of what is said afterwards.</param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="ids">The values of the route's parameters; the resource's ids unless they are given.</param>
    protected Task<IActionResult> ActAsync(
        string operation, Func<Task> perform, string done, CancellationToken ct, params string[] ids) =>
        LeadAsync(operation, perform, $"{Request.Path}?done={done}", ct, ids);

    /// <summary>Performs an operation that leads to another page.</summary>
    protected async Task<IActionResult> LeadAsync(
        string operation, Func<Task> perform, string path, CancellationToken ct, params string[] ids)
    {
        if (ids.Length == 0)
            ids = ResourceIds;
        if (!May(operation))
            return await ForbiddenAsync(operation, ids);
        Error = await PerformAsync(operation, perform, ids);
        if (Error is null)
            return To(path);
        await OpenAsync(ct);
        return Page();
    }
}
