using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>
/// The applications whose users sign in by a connection. Only the switches that were moved since the page was shown are
/// written, so that another administrator's changes stay.
/// </summary>
[RequiresScope("read:clients")]
internal sealed class ApplicationsModel(
    DashboardServices services, ConnectionService connections, ConnectionClientService enabled, ClientService clients)
    : ConnectionPage(services, connections)
{
    public const string Operation = "PATCH /api/v2/connections/{id}/clients";

    public ResourcePage Clients { get; private set; } = ResourcePage.None;

    public bool IsEnabled(string clientId) =>
        Connection.Json["enabled_clients"]!.AsArray().Any(client => (string?)client == clientId);

    public Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (shown, wanted) = (Request.Form["shown"].OfType<string>(), Request.Form["enabled"].OfType<string>());
        JsonNode[] moved =
        [
            .. shown.Except(wanted, StringComparer.Ordinal).Select(id => ItemOf(id, isOn: false)),
            .. wanted.Except(shown, StringComparer.Ordinal).Select(id => ItemOf(id, isOn: true)),
        ];
        var body = new JsonListBody(JsonSerializer.SerializeToElement(new JsonArray(moved)));
        return ActAsync(
            Operation, moved.Length == 0 ? [] : [(() => enabled.UpdateAsync(Id, body, ct), [Id])], "saved", ct);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var all = await clients.ListAsync(new ClientFilter(), Paging, Fields.All, WithoutSecrets, ct);
        Clients = ResourcePage.Of(all, "clients");
    }

    private static JsonObject ItemOf(string clientId, bool isOn) =>
        new() { ["client_id"] = clientId, ["status"] = isOn };
}
