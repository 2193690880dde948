using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>A page of a connection without a form over its members.</summary>
[RequiresScope("read:connections")]
internal abstract class ConnectionPage(DashboardServices services, ConnectionService connections)
    : ViewPage<ConnectionView>(services)
{
    public ConnectionView Connection => View;

    protected ConnectionService Connections => connections;

    protected sealed override async Task<ConnectionView> ReadAsync(CancellationToken ct) =>
        new(await connections.GetAsync(Id, Fields.All, ct), Principal);
}
