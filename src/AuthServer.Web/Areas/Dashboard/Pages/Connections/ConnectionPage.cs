using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>A page of a connection without a form over its members.</summary>
[RequiresScope("read:connections")]
internal abstract class ConnectionPage(DashboardServices services, ConnectionService connections)
    : DashboardPage(services)
{
    [FromRoute]
    public string Id { get; set; } = "";

    public ConnectionView Connection { get; private set; } = null!;

    protected ConnectionService Connections => connections;

    protected async Task OpenAsync(CancellationToken ct) =>
        Connection = new ConnectionView(await connections.GetAsync(Id, Fields.All, ct), Principal);
}
