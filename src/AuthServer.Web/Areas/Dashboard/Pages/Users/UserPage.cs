using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>A tab of a user without a form over their members. Its head shows the user.</summary>
[RequiresScope("read:users")]
internal abstract class UserPage(DashboardServices services, UserService users) : OperationPage(services)
{
    [FromRoute]
    public string Id { get; set => field = PathIds.Unslashed(value); } = "";

    public UserView Shown { get; private set; } = null!;

    protected UserService Users => users;

    protected sealed override string[] ResourceIds => [Id];

    /// <summary>Reads what the tab shows.</summary>
    protected abstract Task LoadAsync(CancellationToken ct);

    protected sealed override async Task OpenAsync(CancellationToken ct)
    {
        Shown = new UserView(await users.GetAsync(Id, Fields.All, ct), Principal);
        await LoadAsync(ct);
    }
}
