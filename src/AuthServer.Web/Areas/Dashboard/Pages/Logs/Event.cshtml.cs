using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Formats;
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

    /// <summary>
    /// Of the Actions that failed or denied; null when it is no longer stored or the user may not see it.
    /// </summary>
    public string? ExecutionId =>
        Principal.MayOpen(typeof(Actions.ExecutionModel)) && Instants.Read(Logged.Date) > Now - ActionExecution.KeptFor
            ? Logged.ExecutionId
            : null;

    public async Task OnGetAsync(CancellationToken ct) => Logged = new EventView(await logs.GetAsync(Id, ct));
}
