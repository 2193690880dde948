using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>The list of connections.</summary>
[RequiresScope("read:connections")]
internal sealed class IndexModel(DashboardServices services, ConnectionService connections) : DashboardPage(services)
{
    public string? Search { get; private set; }

    public string? Strategy { get; private set; }

    public ResourcePage Connections { get; private set; } = ResourcePage.None;

    public async Task OnGetAsync(string? q, string? strategy, CancellationToken ct)
    {
        (Search, Strategy) = (q?.Trim(), strategy);
        var filter = new ConnectionFilter
        {
            Search = Search,
            Strategies = ConnectionStrategies.Has(strategy) ? [strategy!] : [],
            IsByName = true,
        };
        Connections = ResourcePage.Of(await connections.ListAsync(filter, Paging, Fields.All, ct), "connections");
    }
}
