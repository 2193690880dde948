using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Pages.Apis;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>
/// The permissions of a role, one API at a time. Only the boxes that were checked or cleared since the page was shown
/// are written, so that another administrator's changes stay.
/// </summary>
[RequiresScope("read:resource_servers")]
internal sealed class PermissionsModel(
    DashboardServices services, RoleService roles, RolePermissionService permissions, ResourceServerService apis)
    : RolePage(services, roles)
{
    public const string Addition = "POST /api/v2/roles/{id}/permissions";
    public const string Removal = "DELETE /api/v2/roles/{id}/permissions";

    private ILookup<string, string> held = Array.Empty<string>().ToLookup(_ => "", StringComparer.Ordinal);

    [FromQuery(Name = "api")]
    public string? ApiId { get; set; }

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    public IReadOnlyList<ApiView> Apis { get; private set; } = [];

    /// <summary>The one whose permissions are shown.</summary>
    public ApiView Api { get; private set; } = null!;

    public IReadOnlyList<JsonObject> Shown { get; private set; } = [];

    public bool MayChange => MayAct && May(Addition);

    protected override string PathAfterwards =>
        Request.Path + QueryString.Create("api", Api.Id).Add("q", Search ?? "");

    public int CountOf(ApiView api) => held[IdentifierOf(api)].Count();

    public bool Has(JsonObject permission) =>
        held[IdentifierOf(Api)].Contains((string)permission["value"]!, StringComparer.Ordinal);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        var (shown, wanted) = (Request.Form["shown"].OfType<string>(), Request.Form["permission"].OfType<string>());
        var added = wanted.Except(shown, StringComparer.Ordinal).ToList();
        var removed = shown.Except(wanted, StringComparer.Ordinal).ToList();
        IActionResult answer = To(PathAfterwards);
        if (added.Count > 0)
        {
            answer = await ActAsync(
                Addition, () => permissions.AddAsync(Id, BodyOf(added), Principal, ct), "saved", ct);
        }

        return removed.Count == 0 || Error is not null
            ? answer
            : await ActAsync(Removal, () => permissions.DeleteAsync(Id, BodyOf(removed), Principal, ct), "saved", ct);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var all = ResourcePage.Of(await apis.ListAsync([], Everything, ct), "resource_servers").Items;
        Apis = [.. all.Select(json => new ApiView(json, Principal))];
        held = ResourcePage.Of(await permissions.ListAsync(Id, Everything, ct), "permissions").Items.ToLookup(
            json => (string)json["resource_server_identifier"]!,
            json => (string)json["permission_name"]!,
            StringComparer.Ordinal);
        Api = Apis.FirstOrDefault(api => api.Id == ApiId)
            ?? Apis.OrderByDescending(CountOf).ThenBy(api => api.IsSystem).First();
        Shown = [.. Api.Search(Search)];
    }

    private static string IdentifierOf(ApiView api) => (string)api.Json["identifier"]!;

    private JsonBody BodyOf(IEnumerable<string> names) => JsonBody.Of(new JsonObject
    {
        ["permissions"] = new JsonArray([.. names.Select(name => new JsonObject
        {
            ["resource_server_identifier"] = IdentifierOf(Api),
            ["permission_name"] = name,
        })]),
    });
}
