using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>A tab of a user without a form over their members.</summary>
[RequiresScope("read:users")]
internal abstract class UserPage(DashboardServices services, UserService users) : ViewPage<UserView>(services)
{
    public UserView Shown => View;

    protected UserService Users => users;

    protected sealed override async Task<UserView> ReadAsync(CancellationToken ct) =>
        new(await users.GetAsync(Id, Fields.All, ct), Principal);
}
