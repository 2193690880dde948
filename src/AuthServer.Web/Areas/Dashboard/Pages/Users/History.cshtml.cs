using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Logs;
using AuthServer.Web.Management.Users;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>The events of a user.</summary>
[RequiresScope("read:logs", "read:logs_users")]
internal sealed class HistoryModel(DashboardServices services, UserService users, LogService logs)
    : UserPage(services, users)
{
    public ResourcePage Events { get; private set; } = ResourcePage.None;

    protected override async Task LoadAsync(CancellationToken ct) =>
        Events = ResourcePage.Of(await logs.OfUserAsync(Id, sort: null, Paging, ct), "logs");
}
