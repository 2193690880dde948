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
[RequiresScope("read:clients")]
[RequiresScope("read:connections")]
internal sealed class ConnectionsModel(
    DashboardServices services, ClientService clients, ConnectionService connections, ConnectionClientService enabled)
    : DashboardPage(services)
{
    public const string Operation = "PATCH /api/v2/connections/{id}/clients";

    [FromRoute]
    public string Id { get; set; } = "";

    public ApplicationView Application { get; private set; } = null!;

    public IReadOnlyList<JsonObject> Connections { get; private set; } = [];

    public bool IsEnabled(JsonObject connection) =>
        connection["enabled_clients"]!.AsArray().Any(client => (string?)client == Id);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!May(Operation))
            return await ForbiddenAsync(Operation, "");
        var (shown, wanted) = (Request.Form["shown"].OfType<string>(), Request.Form["enabled"].OfType<string>());
        foreach (var id in shown.Except(wanted, StringComparer.Ordinal))
            await SwitchAsync(id, isOn: false, ct);
        foreach (var id in wanted.Except(shown, StringComparer.Ordinal))
            await SwitchAsync(id, isOn: true, ct);
        if (Error is null)
            return To(Request.Path + "?done=saved");
        await LoadAsync(ct);
        return Page();
    }

    private async Task SwitchAsync(string id, bool isOn, CancellationToken ct)
    {
        var item = new JsonObject { ["client_id"] = Id, ["status"] = isOn };
        var body = new JsonListBody(JsonSerializer.SerializeToElement(new JsonArray(item)));
        Error ??= await PerformAsync(Operation, () => enabled.UpdateAsync(id, body, ct), id);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Application = new ApplicationView(await clients.GetAsync(Id, Fields.All, WithoutSecrets, ct), Principal);
        var all = await connections.ListAsync(new ConnectionFilter(), Everything, Fields.All, ct);
        Connections = ResourcePage.Of(all, "connections").Items;
    }
}
