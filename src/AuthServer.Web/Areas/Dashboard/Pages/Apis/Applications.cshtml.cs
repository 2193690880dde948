using System.Text.Json.Nodes;
using AuthServer.Core.Clients;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>
/// The applications that get tokens of their own for an API, and a search for others. What one may do is changed at the
/// application.
/// </summary>
[RequiresScope("read:client_grants")]
[RequiresScope("read:clients")]
internal sealed class ApplicationsModel(
    DashboardServices services, ResourceServerService apis, ClientGrantService grants, ClientService clients)
    : ApiPage(services, apis)
{
    private const int MaxFound = 10;

    private IReadOnlyDictionary<string, JsonObject> known =
        new Dictionary<string, JsonObject>(StringComparer.Ordinal);

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    public ResourcePage Grants { get; private set; } = ResourcePage.None;

    /// <summary>What the search found and has no access; null without a search.</summary>
    public IReadOnlyList<JsonObject>? Found { get; private set; }

    public bool MayGive => May("POST /api/v2/client-grants");

    public string NameOf(string clientId) =>
        known.TryGetValue(clientId, out var client) ? (string)client["name"]! : clientId;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var filter = new ClientGrantFilter { Audience = (string)Api.Json["identifier"]! };
        Grants = ResourcePage.Of(await grants.ListAsync(filter, Paging, ct), "client_grants");
        known = (await ListAsync(new ClientFilter { Ids = ClientsOf(Grants.Items) }, Grants.Size, ct))
            .ToDictionary(client => (string)client["client_id"]!, StringComparer.Ordinal);
        if (!MayGive || Search?.Trim() is not { Length: > 0 } search)
            return;
        var found = await ListAsync(new ClientFilter { Search = search }, MaxFound, ct);
        var granted = ClientsOf(
            ResourcePage.Of(await grants.ListAsync(filter, Everything, ct), "client_grants").Items);
        Found = [.. found.Where(client => !granted.Contains((string)client["client_id"]!, StringComparer.Ordinal)
            && !DashboardApplication.Is((string)client["client_id"]!))];
    }

    private static string[] ClientsOf(IEnumerable<JsonObject> grants) =>
        [.. grants.Select(grant => (string)grant["client_id"]!)];

    private async Task<IReadOnlyList<JsonObject>> ListAsync(ClientFilter filter, int size, CancellationToken ct) =>
        ResourcePage.Of(
            await clients.ListAsync(filter, Everything with { Size = size }, Fields.All, WithoutSecrets, ct),
            "clients").Items;
}
