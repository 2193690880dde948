using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>Creates an organization.</summary>
[RequiresScope("create:organizations")]
internal sealed class NewModel(DashboardServices services, OrganizationService organizations) : NewPage(services)
{
    private static readonly FormSection[] FormSections =
        [new("Identity", FormField.Code("name"), FormField.Text("display_name"))];

    protected override string Resource => "Organization";

    protected override string Operation => IndexModel.Creation;

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    protected override async Task<IActionResult> CreateAsync(JsonBody body, CancellationToken ct)
    {
        var created = await organizations.CreateAsync(body, Principal, ct);
        return To(OrganizationView.PathOf(created) + "?done=created");
    }
}
