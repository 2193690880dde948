using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management;
using AuthServer.Web.Management.Logs;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Areas.Dashboard.Pages.Logs;

/// <summary>The audit log.</summary>
[RequiresScope("read:logs", "read:logs_users")]
internal sealed class IndexModel(DashboardServices services, LogService logs, ServerOptions options)
    : DashboardPage(services)
{
    public int RetentionDays => options.Logs.RetentionDays;

    public LogQuery Query { get; private set; } = new(null, null, null);

    public ResourcePage Events { get; private set; } = ResourcePage.None;

    public async Task OnGetAsync(string? q, string? what, string? since, CancellationToken ct)
    {
        Query = new LogQuery(q, what, since);
        try
        {
            Events = ResourcePage.Of(await logs.ListAsync(Query.FilterAt(Now), Paging, Fields.All, ct), "logs");
        }
        catch (ManagementException unreadable)
        {
            Error = unreadable.Error;
        }
    }
}
