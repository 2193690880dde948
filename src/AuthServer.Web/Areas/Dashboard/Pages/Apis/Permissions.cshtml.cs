using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Management;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>
/// The permissions of an API, which are its scopes. The query may name the one whose description is changed or which is
/// removed; otherwise the form adds one.
/// </summary>
internal sealed class PermissionsModel(DashboardServices services, ResourceServerService apis)
    : ApiPage(services, apis)
{
    private const string Update = "PATCH /api/v2/resource-servers/{id}";

    private static readonly FormSection[] Added =
        [new("Permission", FormField.Code("scopes.value"), FormField.Text("scopes.description"))];

    private static readonly FormSection[] Changed = [new("Permission", FormField.Text("scopes.description"))];

    [FromQuery(Name = "permission")]
    public string? Permission { get; set; }

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    public ResourcePage Permissions { get; private set; } = ResourcePage.None;

    public ResourceForm Form { get; private set; } = null!;

    public bool MayChange => !Api.IsSystem && May(Update);

    public string PathOf(JsonObject permission) =>
        $"{Api.Path}/permissions{QueryString.Create("permission", (string)permission["value"]!)}";

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        var changes = Form.Take(Request.Form);
        if (Form.IsOutdated && May(Update))
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        var changed = Find()?.DeepClone().AsObject() ?? new JsonObject { ["value"] = "" };
        foreach (var (name, value) in changes["scopes"]?.AsObject() ?? [])
            changed[name] = value?.DeepClone();
        var answer = await SaveAsync([.. Others(), changed], "saved", ct);
        if (Error is not null)
        {
            Form.Take(Request.Form);
            Form.Refuse(Error);
        }

        return answer;
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        return await SaveAsync([.. Others()], "deleted", ct);
    }

    protected override Task LoadAsync(CancellationToken ct)
    {
        var stored = Find();
        if (Permission is not null && stored is null)
            throw ManagementError.NotFound("The API does not define this permission").AsException();
        Form = stored is null
            ? new ResourceForm("Api", Added, [])
            : new ResourceForm("Api", Changed, new JsonObject { ["scopes"] = stored.DeepClone() });
        var found = Api.Search(Search).ToList();
        var paging = Paging;
        Permissions = new ResourcePage(
            [.. found.Skip(paging.Page * paging.Size).Take(paging.Size)],
            paging.Page * paging.Size,
            found.Count,
            paging.Size);
        return Task.CompletedTask;
    }

    private JsonObject? Find() => Api.Scopes
        .FirstOrDefault(scope => (string)scope!["value"]! == Permission)?.AsObject();

    private IEnumerable<JsonNode> Others() =>
        Api.Scopes.Where(scope => (string)scope!["value"]! != Permission).Select(scope => scope!.DeepClone());

    /// <summary>An update replaces the list: it is made of the one that was read just now.</summary>
    private Task<IActionResult> SaveAsync(JsonArray scopes, string done, CancellationToken ct)
    {
        var read = Api.Json["scopes"];
        var body = JsonBody.Of(
            new JsonObject { ["scopes"] = scopes }, stored => JsonNode.DeepEquals(stored["scopes"], read));
        return ActAsync(Update, () => Apis.UpdateAsync(Id, body, ct), done, ct);
    }
}
