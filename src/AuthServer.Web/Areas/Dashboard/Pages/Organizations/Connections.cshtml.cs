using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>The connections by which members sign in.</summary>
[RequiresScope("read:organization_connections")]
internal sealed class ConnectionsModel(
    DashboardServices services,
    OrganizationService organizations,
    OrganizationConnectionService enabled,
    ConnectionService connections)
    : OrganizationPage(services, organizations)
{
    public const string Addition = "POST /api/v2/organizations/{id}/connections";

    private static readonly OrganizationConnectionView Members = OrganizationConnectionView.All;

    public IReadOnlyList<JsonObject> Enabled { get; private set; } = [];

    /// <summary>The connections that are not the organization's.</summary>
    public IReadOnlyList<JsonObject> Others { get; private set; } = [];

    public Task<IActionResult> OnPostAddAsync(CancellationToken ct) => ActAsync(
        Addition,
        () => enabled.AddAsync(
            Id, Members, JsonBody.Of(new JsonObject { ["connection_id"] = Request.Posted("connection") }), ct),
        "added",
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var list = await enabled.ListAsync(Id, Members, isEnabled: null, Everything, ct);
        Enabled = ResourcePage.Of(list, Members.Key).Items;
        if (!May(Addition) || !May("GET /api/v2/connections"))
            return;
        var known = Enabled.Select(item => (string)item["connection_id"]!).ToHashSet(StringComparer.Ordinal);
        var all = await connections.ListAsync(new ConnectionFilter(), Everything, Fields.All, ct);
        Others = [.. ResourcePage.Of(all, "connections").Items.Where(one => !known.Contains((string)one["id"]!))];
    }
}
