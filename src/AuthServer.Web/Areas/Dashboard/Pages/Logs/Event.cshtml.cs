using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Logs;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Logs;

/// <summary>One event, with all that the log has of it.</summary>
[RequiresScope("read:logs", "read:logs_users")]
internal sealed class EventModel(DashboardServices services, LogService logs) : DashboardPage(services)
{
    [FromRoute]
    public string Id { get; set; } = "";

    public EventView Logged { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => Logged = new EventView(await logs.GetAsync(Id, ct));
}
