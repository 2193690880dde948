using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>A page whose buttons perform operations of <c>/api/v2</c>.</summary>
internal abstract class OperationPage(DashboardServices services) : DashboardPage(services)
{
    /// <summary>The values of the parameters of routes, unless an operation has others.</summary>
    protected virtual string[] ResourceIds => [];

    /// <summary>Where the browser goes when an operation was performed.</summary>
    protected virtual string PathAfterwards => Request.Path;

    /// <summary>Whether the login is recent enough for what the buttons do.</summary>
    public bool MayAct => HasSignedInRecently || !NeedsRecentLogin;

    /// <summary>What the buttons do takes a recent login.</summary>
    protected virtual bool NeedsRecentLogin => false;

    public virtual async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        return Page();
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task OpenAsync(CancellationToken ct);

    /// <summary>Performs an operation that a button asks for.</summary>
    /// <param name="operation">Method and route at <c>/api/v2</c>.</param>
    /// <param name="perform">The call of the service.</param>
    /// <param name="done">
    /// The last part of the key of what is said afterwards; null when the page itself shows the outcome.
    /// </param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="ids">The values of the route's parameters; <see cref="ResourceIds"/> unless they are given.</param>
    protected Task<IActionResult> ActAsync(
        string operation, Func<Task> perform, string? done, CancellationToken ct, params string[] ids) =>
        ActAsync(operation, [(perform, ids.Length == 0 ? ResourceIds : ids)], done, ct);

    /// <summary>Performs an operation several times, for different resources, until it is refused.</summary>
    protected async Task<IActionResult> ActAsync(
        string operation, IReadOnlyList<(Func<Task> Perform, string[] Ids)> steps, string? done, CancellationToken ct)
    {
        if (!May(operation))
            return steps is [var first, ..] ? await ForbiddenAsync(operation, first.Ids) : Forbidden(operation);
        if (!MayAct)
            return To(Request.Path);
        foreach (var (perform, ids) in steps)
            Error ??= await PerformAsync(operation, perform, ids);
        if (Error is null && done is not null)
            return To(QueryHelpers.AddQueryString(PathAfterwards, "done", done));
        await OpenAsync(ct);
        if (Error is not null)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
