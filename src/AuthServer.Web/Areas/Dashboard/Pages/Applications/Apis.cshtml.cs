using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>The APIs for which an application gets tokens of its own.</summary>
[RequiresScope("read:clients")]
[RequiresScope("read:client_grants")]
[RequiresScope("read:resource_servers")]
internal sealed class ApisModel(
    DashboardServices services, ClientService clients, ClientGrantService grants, ResourceServerService apis)
    : DashboardPage(services)
{
    private IReadOnlyList<JsonObject> granted = [];

    [FromRoute]
    public string Id { get; set; } = "";

    public ApplicationView Application { get; private set; } = null!;

    public IReadOnlyList<JsonObject> Apis { get; private set; } = [];

    public JsonObject? GrantOf(JsonObject api) =>
        granted.FirstOrDefault(grant => (string?)grant["audience"] == (string?)api["identifier"]);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Application = new ApplicationView(await clients.GetAsync(Id, Fields.All, WithoutSecrets, ct), Principal);
        Apis = ResourcePage.Of(await apis.ListAsync([], Everything, ct), "resource_servers").Items;
        var filter = new ClientGrantFilter { ClientId = Id };
        granted = ResourcePage.Of(await grants.ListAsync(filter, Everything, ct), "client_grants").Items;
    }
}
