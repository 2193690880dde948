using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Branding;
using AuthServer.Web.Management;
using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>The scopes of one API that an application gets for itself.</summary>
[RequiresScope("read:clients")]
[RequiresScope("read:client_grants")]
[RequiresScope("read:resource_servers")]
internal sealed class ApiModel(
    DashboardServices services, ClientService clients, ClientGrantService grants, ResourceServerService apis)
    : DashboardPage(services)
{
    public const string Deletion = "DELETE /api/v2/client-grants/{id}";
    private const string Creation = "POST /api/v2/client-grants";
    private const string Update = "PATCH /api/v2/client-grants/{id}";

    [FromRoute]
    public string Id { get; set; } = "";

    [FromRoute(Name = "api")]
    public string ApiId { get; set; } = "";

    public ApplicationView Application { get; private set; } = null!;

    public JsonObject Api { get; private set; } = [];

    /// <summary>Null while the application has none.</summary>
    public JsonObject? Grant { get; private set; }

    public bool MayChange => !Application.IsSystem && May(Grant is null ? Creation : Update);

    /// <summary>Identifies what was granted when the page was shown.</summary>
    public string Version => Brand.VersionOf(Grant?["scope"]?.ToJsonString() ?? "");

    private string GrantId => (string?)Grant?["id"] ?? "";

    public IEnumerable<(string Scope, string? Description)> Scopes => Api["scopes"] is JsonArray scopes
        ? scopes.Select(scope => ((string)scope!["value"]!, (string?)scope["description"]))
        : [];

    public bool IsGranted(string scope) =>
        Grant?["scope"] is JsonArray granted && granted.Any(one => (string?)one == scope);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!MayChange)
            return await ForbiddenAsync(Grant is null ? Creation : Update, GrantId);
        var scopes = JsonText.ArrayOf(Request.Form["scope"]);
        if (Request.Posted("version") != Version)
            Error = ManagementError.Conflict("The resource was changed meanwhile");
        else if (Grant is { } grant)
            await ChangeAsync(
                Update, id => grants.UpdateAsync(id, JsonBody.Of(new() { ["scope"] = scopes }), Principal, ct));
        else
        {
            var body = new JsonObject
            {
                ["client_id"] = Id,
                ["audience"] = (string?)Api["identifier"],
                ["scope"] = scopes,
            };
            Error = await PerformAsync(Creation, () => grants.CreateAsync(JsonBody.Of(body), Principal, ct));
        }

        return await AnswerAsync(ct);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!May(Deletion))
            return await ForbiddenAsync(Deletion, GrantId);
        await ChangeAsync(Deletion, id => grants.DeleteAsync(id, ct));
        return await AnswerAsync(ct);
    }

    private async Task ChangeAsync(string operation, Func<string, Task> perform)
    {
        if (Grant is not null)
            Error = await PerformAsync(operation, () => perform(GrantId), GrantId);
    }

    private async Task<IActionResult> AnswerAsync(CancellationToken ct)
    {
        if (Error is null)
            return To($"{Application.Path}/apis?done=saved");
        await LoadAsync(ct);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Application = new ApplicationView(await clients.GetAsync(Id, Fields.All, WithoutSecrets, ct), Principal);
        Api = await apis.GetAsync(ApiId, ct);
        var filter = new ClientGrantFilter { ClientId = Id, Audience = (string?)Api["identifier"] };
        Grant = ResourcePage.Of(await grants.ListAsync(filter, Everything, ct), "client_grants").Items.FirstOrDefault();
    }
}
