using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>
/// The connections by which users sign in to an application. Only the switches that were moved since the page was shown
/// are written, so that another administrator's changes stay.
/// </summary>
[RequiresScope("read:connections")]
internal sealed class ConnectionsModel(
    DashboardServices services, ClientService clients, ConnectionService connections, ConnectionClientService enabled)
    : ApplicationPage(services, clients)
{
    public const string Operation = "PATCH /api/v2/connections/{id}/clients";

    public IReadOnlyList<JsonObject> Connections { get; private set; } = [];

    public bool IsEnabled(JsonObject connection) =>
        connection["enabled_clients"]!.AsArray().Any(client => (string?)client == Id);

    public Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (shown, wanted) = (Request.Form["shown"].OfType<string>(), Request.Form["enabled"].OfType<string>());
        return ActAsync(
            Operation,
            [
                .. shown.Except(wanted, StringComparer.Ordinal).Select(id => Step(id, isOn: false, ct)),
                .. wanted.Except(shown, StringComparer.Ordinal).Select(id => Step(id, isOn: true, ct)),
            ],
            "saved",
            ct);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var all = await connections.ListAsync(new ConnectionFilter(), Everything, Fields.All, ct);
        Connections = ResourcePage.Of(all, "connections").Items;
    }

    private (Func<Task> Perform, string[] Ids) Step(string id, bool isOn, CancellationToken ct)
    {
        var item = new JsonObject { ["client_id"] = Id, ["status"] = isOn };
        var body = new JsonListBody(JsonSerializer.SerializeToElement(new JsonArray(item)));
        return (() => enabled.UpdateAsync(id, body, ct), [id]);
    }
}
