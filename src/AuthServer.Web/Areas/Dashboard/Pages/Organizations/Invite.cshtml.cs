using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Branding;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>
/// Invites a person by email. The link is shown once, in the answer: the store only has hashes of its ticket.
/// </summary>
[RequiresScope("read:organizations", "read:organizations_summary")]
[RequiresScope("create:organization_invitations")]
[RequiresScope("read:clients")]
internal sealed class InviteModel(
    DashboardServices services,
    OrganizationService organizations,
    OrganizationConnectionService enabled,
    InvitationService invitations,
    ClientService clients,
    RoleService roles)
    : NewPage(services)
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    private IReadOnlyDictionary<string, string> applications = None;
    private IReadOnlyDictionary<string, string> connections = None;
    private IReadOnlyDictionary<string, string> assignable = None;

    [FromRoute]
    public string Id { get; set; } = "";

    public OrganizationView Organization { get; private set; } = null!;

    /// <summary>Null before the invitation.</summary>
    public string? Link { get; private set; }

    /// <summary>Whether an application may sign users in to this organization.</summary>
    public bool HasApplications => applications.Count > 0;

    protected override string Resource => "Invitation";

    protected override string Operation => InvitationsModel.Creation;

    protected override string[] ResourceIds => [Id];

    protected override string Submit => "Dashboard.Invitation.New";

    protected override JsonObject Defaults => new() { ["send_invitation_email"] = true };

    protected override IReadOnlyList<FormSection> Sections =>
    [
        new(
            "Who",
            FormField.Text("invitee.email"),
            FormField.Choice("client_id", applications),
            FormField.Switch("send_invitation_email")),
        new("Access", [.. Access()]),
    ];

    protected override JsonObject BodyOf(JsonObject members)
    {
        members["inviter"] = new JsonObject { ["name"] = Administrator.DisplayName };
        return members;
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Organization = new OrganizationView(await organizations.GetAsync(Id, ct), Principal);
        var filter = new ClientFilter { IsForOrganizations = true };
        var all = await clients.ListAsync(filter, Everything, Fields.All, WithoutSecrets, ct);
        applications = LabelsOf(ResourcePage.Of(all, "clients").Items.Where(IsAdmitted), "client_id");
        var view = OrganizationConnectionView.Enabled;
        if (May("GET /api/v2/organizations/{id}/enabled_connections"))
        {
            var list = await enabled.ListAsync(Id, view, isEnabled: true, Everything, ct);
            connections = ResourcePage.Of(list, view.Key).Items.ToDictionary(
                item => (string)item["connection_id"]!,
                item => DisplayText.Of((string)item["connection"]!["name"]!),
                StringComparer.Ordinal);
        }

        if (May("GET /api/v2/roles"))
        {
            var list = await roles.ListAsync(new RoleFilter(), Everything, ct);
            assignable = LabelsOf(ResourcePage.Of(list, "roles").Items, "id");
        }
    }

    protected override async Task<IActionResult> CreateAsync(JsonBody body, CancellationToken ct)
    {
        Link = (string?)(await invitations.CreateAsync(Id, body, Principal, ct))["invitation_url"];
        return Page();
    }

    private static Dictionary<string, string> LabelsOf(IEnumerable<JsonObject> items, string id) => items.ToDictionary(
        item => (string)item[id]!, item => DisplayText.Of((string)item["name"]!), StringComparer.Ordinal);

    /// <summary>As <see cref="Core.Model.Organization.Admits"/> has it.</summary>
    private bool IsAdmitted(JsonObject client) =>
        (bool?)client["is_first_party"] == true || (string?)Organization.Json["third_party_client_access"] == "allow";

    private IEnumerable<FormField> Access()
    {
        if (connections.Count > 0)
            yield return FormField.Choice("connection_id", connections) with { Options = ["", .. connections.Keys] };
        if (assignable.Count > 0)
            yield return FormField.Choices("roles", assignable);
        yield return FormField.Number("ttl_sec");
    }
}
