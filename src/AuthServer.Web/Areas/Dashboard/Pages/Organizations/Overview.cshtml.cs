using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>Names, branding and metadata of an organization.</summary>
[RequiresScope("read:organizations", "read:organizations_summary")]
internal sealed class OverviewModel(DashboardServices services, OrganizationService organizations)
    : FormPage(services)
{
    private static readonly FormSection[] FormSections =
    [
        new("Identity", FormField.Code("name"), FormField.Text("display_name")),
        new(
            "Branding",
            FormField.Code("branding.logo_url"),
            FormField.Colour("branding.colors.primary"),
            FormField.Colour("branding.colors.page_background")),
        new("Access", FormField.Switch("third_party_client_access", on: "allow")),
        new("Data", FormField.Json("metadata")),
    ];

    [FromRoute]
    public string Id { get; set; } = "";

    public OrganizationView Organization { get; private set; } = null!;

    protected override string Resource => "Organization";

    protected override string Operation => "PATCH /api/v2/organizations/{id}";

    protected override string[] ResourceIds => [Id];

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    protected override async Task<JsonObject> ReadAsync(CancellationToken ct)
    {
        var organization = await organizations.GetAsync(Id, ct);
        Organization = new OrganizationView(organization, Principal);
        return organization;
    }

    protected override Task UpdateAsync(JsonBody body, CancellationToken ct) => organizations.UpdateAsync(Id, body, ct);
}
