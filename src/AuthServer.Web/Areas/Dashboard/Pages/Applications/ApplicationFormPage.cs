using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>A tab of an application with a form over its members.</summary>
internal abstract class ApplicationFormPage(DashboardServices services, ClientService clients) : FormPage(services)
{
    [FromRoute]
    public string Id { get; set; } = "";

    public ApplicationView Application { get; private set; } = null!;

    protected sealed override string Resource => "Client";

    protected sealed override string Operation => "PATCH /api/v2/clients/{id}";

    protected sealed override string[] ResourceIds => [Id];

    protected sealed override async Task<JsonObject> ReadAsync(CancellationToken ct)
    {
        var client = await clients.GetAsync(Id, Fields.All, WithoutSecrets, ct);
        Application = new ApplicationView(client, Principal);
        return client;
    }

    protected sealed override Task UpdateAsync(JsonBody body, CancellationToken ct) =>
        clients.UpdateAsync(Id, body, Principal, ct);
}
