using System.Globalization;
using System.Text;
using AuthServer.Core;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Logs;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Logs;

/// <summary>The newest events that match the filter, as a file.</summary>
[RequiresScope("read:logs", "read:logs_users")]
internal sealed class DownloadModel(DashboardServices services, LogService logs) : DashboardPage(services)
{
    private const int MaxEvents = 1_000;

    public async Task<IActionResult> OnGetAsync(string? q, string? what, string? since, CancellationToken ct)
    {
        var filter = new LogQuery(q, what, since).FilterAt(Now);
        var list = await logs.ListAsync(filter, Everything with { Size = MaxEvents }, Fields.All, ct);
        var json = list["logs"]!.ToJsonString(JsonText.Indented);
        return File(Encoding.UTF8.GetBytes(json), "application/json",
            string.Create(CultureInfo.InvariantCulture, $"logs-{Now:yyyyMMdd-HHmmss}.json"));
    }
}
