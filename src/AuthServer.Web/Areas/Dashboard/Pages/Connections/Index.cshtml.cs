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

    /// <summary>How many applications use a connection, by its id.</summary>
    public IReadOnlyDictionary<string, int> Applications { get; private set; } =
        new Dictionary<string, int>(StringComparer.Ordinal);

    public async Task OnGetAsync(string? q, string? strategy, CancellationToken ct)
    {
        (Search, Strategy) = (q?.Trim(), strategy);
        var filter = new ConnectionFilter
        {
            Search = Search,
            Strategies = ConnectionStrategies.Has(strategy) ? [strategy!] : [],
            IsByName = true,
        };
        var fields = Fields.Without(ConnectionModel.EnabledClients);
        Connections = ResourcePage.Of(await connections.ListAsync(filter, Paging, fields, ct), "connections");
        Applications = await connections.CountClientsAsync(
            [.. Connections.Items.Select(item => (string)item["id"]!)], ct);
    }
}
