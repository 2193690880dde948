using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.ResourceServers;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>The APIs for which an application gets tokens of its own.</summary>
[RequiresScope("read:client_grants")]
[RequiresScope("read:resource_servers")]
internal sealed class ApisModel(
    DashboardServices services, ClientService clients, ClientGrantService grants, ResourceServerService apis)
    : ApplicationPage(services, clients)
{
    private IReadOnlyList<JsonObject> granted = [];

    public IReadOnlyList<JsonObject> Apis { get; private set; } = [];

    public JsonObject? GrantOf(JsonObject api) =>
        granted.FirstOrDefault(grant => (string?)grant["audience"] == (string?)api["identifier"]);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Apis = ResourcePage.Of(await apis.ListAsync([], Everything, ct), "resource_servers").Items;
        var filter = new ClientGrantFilter { ClientId = Id };
        granted = ResourcePage.Of(await grants.ListAsync(filter, Everything, ct), "client_grants").Items;
    }
}
