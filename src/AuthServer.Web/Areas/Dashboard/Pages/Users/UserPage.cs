using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>A tab of a user without a form over their members. Its head shows the user.</summary>
[RequiresScope("read:users")]
internal abstract class UserPage(DashboardServices services, UserService users) : DashboardPage(services)
{
    [FromRoute]
    public string Id { get; set => field = PathIds.Unslashed(value); } = "";

    public UserView Shown { get; private set; } = null!;

    protected UserService Users => users;

    public Task OnGetAsync(CancellationToken ct) => OpenAsync(ct);

    /// <summary>Reads what the tab shows.</summary>
    protected abstract Task LoadAsync(CancellationToken ct);

    /// <summary>Performs an operation that a button asks for.</summary>
    /// <param name="operation">Method and route at <c>/api/v2</c>.</param>
    /// <param name="perform">The call of the service.</param>
    /// <param name="done">The last part of the key of what is said afterwards.</param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="ids">The values of the route's parameters; the user's id unless they are given.</param>
    protected async Task<IActionResult> ActAsync(
        string operation, Func<Task> perform, string done, CancellationToken ct, params string[] ids)
    {
        if (ids.Length == 0)
            ids = [Id];
        if (!May(operation))
            return await ForbiddenAsync(operation, ids);
        Error = await PerformAsync(operation, perform, ids);
        if (Error is null)
            return To($"{Request.Path}?done={done}");
        await OpenAsync(ct);
        return Page();
    }

    protected async Task OpenAsync(CancellationToken ct)
    {
        Shown = new UserView(await users.GetAsync(Id, Fields.All, ct), Principal);
        await LoadAsync(ct);
    }
}
