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
[RequiresScope("read:client_grants")]
[RequiresScope("read:resource_servers")]
internal sealed class ApiModel(
    DashboardServices services, ClientService clients, ClientGrantService grants, ResourceServerService apis)
    : ApplicationPage(services, clients)
{
    public const string Deletion = "DELETE /api/v2/client-grants/{id}";
    private const string Creation = "POST /api/v2/client-grants";
    private const string Update = "PATCH /api/v2/client-grants/{id}";

    [FromRoute(Name = "api")]
    public string ApiId { get; set; } = "";

    public JsonObject Api { get; private set; } = [];

    /// <summary>Null while the application has none.</summary>
    public JsonObject? Grant { get; private set; }

    public bool MayChange => !Application.IsSystem && May(Grant is null ? Creation : Update);

    /// <summary>Identifies what was granted when the page was shown.</summary>
    public string Version => Brand.VersionOf(Grant?["scope"]?.ToJsonString() ?? "");

    public IEnumerable<(string Scope, string? Description)> Scopes => Api["scopes"] is JsonArray scopes
        ? scopes.Select(scope => ((string)scope!["value"]!, (string?)scope["description"]))
        : [];

    protected override string PathAfterwards => Application.Path + "/apis";

    private string GrantId => (string?)Grant?["id"] ?? "";

    public bool IsGranted(string scope) =>
        Grant?["scope"] is JsonArray granted && granted.Any(one => (string?)one == scope);

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        var operation = Grant is null ? Creation : Update;
        return MayChange
            ? await ActAsync(operation, () => SaveAsync(ct), "saved", ct, GrantId)
            : await ForbiddenAsync(operation, GrantId);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        return await ActAsync(
            Deletion, Grant is null ? [] : [(() => grants.DeleteAsync(GrantId, ct), [GrantId])], "saved", ct);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Api = await apis.GetAsync(ApiId, ct);
        var filter = new ClientGrantFilter { ClientId = Id, Audience = (string?)Api["identifier"] };
        Grant = ResourcePage.Of(await grants.ListAsync(filter, Everything, ct), "client_grants").Items.FirstOrDefault();
    }

    private Task SaveAsync(CancellationToken ct)
    {
        if (Request.Posted("version") != Version)
            throw ManagementError.Conflict("The resource was changed meanwhile").AsException();
        var body = new JsonObject { ["scope"] = JsonText.ArrayOf(Request.Form["scope"]) };
        if (Grant is not null)
            return grants.UpdateAsync(GrantId, JsonBody.Of(body), Principal, ct);
        body["client_id"] = Id;
        body["audience"] = (string?)Api["identifier"];
        return grants.CreateAsync(JsonBody.Of(body), Principal, ct);
    }
}
