using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Branding;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>What a connection is for in an organization.</summary>
[RequiresScope("read:organizations", "read:organizations_summary")]
[RequiresScope("read:organization_connections")]
internal sealed class ConnectionModel(
    DashboardServices services, OrganizationService organizations, OrganizationConnectionService connections)
    : FormPage(services)
{
    public const string Removal = "DELETE /api/v2/organizations/{id}/connections/{connectionId}";
    private const string Membership = "assign_membership_on_login";

    private static readonly OrganizationConnectionView View = OrganizationConnectionView.All;

    /// <summary>The login page has buttons only for identity providers, and a sign-up only for databases.</summary>
    private static readonly string[] OfDatabase = [Membership, "is_signup_enabled"];
    private static readonly string[] OfProvider = [Membership, "show_as_button"];

    private JsonObject shown = [];

    [FromRoute]
    public string Id { get; set; } = "";

    [FromRoute(Name = "connection")]
    public string ConnectionId { get; set; } = "";

    public OrganizationView Organization { get; private set; } = null!;

    public string Name => DisplayText.Of((string)shown["connection"]!["name"]!);

    public string Path => Organization.Path + "/connections";

    protected override string Resource => "OrganizationConnection";

    protected override string Operation => "PATCH /api/v2/organizations/{id}/connections/{connectionId}";

    protected override string[] ResourceIds => [Id, ConnectionId];

    protected override IReadOnlyList<FormSection> Sections =>
        [new("Use", [.. FlagsOf(shown).Prepend("is_enabled").Select(FormField.Switch)])];

    /// <summary>The switches that have an effect on a connection.</summary>
    public static IEnumerable<string> FlagsOf(JsonObject connection) =>
        (string?)connection["connection"]!["strategy"] == Connection.DatabaseStrategy ? OfDatabase : OfProvider;

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        if (!May(Removal))
            return await ForbiddenAsync(Removal, ResourceIds);
        await ReadAsync(ct);
        Error = await PerformAsync(
            Removal, () => connections.DeleteAsync(Id, ConnectionId, View, ct), ResourceIds);
        if (Error is null)
            return To(Path + "?done=removed");
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await OnGetAsync(ct);
    }

    protected override async Task<JsonObject> ReadAsync(CancellationToken ct)
    {
        Organization = new OrganizationView(await organizations.GetAsync(Id, ct), Principal);
        return shown = (await connections.GetAsync(Id, ConnectionId, View, ct)).AsObject();
    }

    protected override Task UpdateAsync(JsonBody body, CancellationToken ct) =>
        connections.UpdateAsync(Id, ConnectionId, View, body, ct);
}
