using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Organizations;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>Asks before an organization is deleted.</summary>
[RequiresScope("delete:organizations")]
internal sealed class DeleteModel(DashboardServices services, OrganizationService organizations)
    : OrganizationPage(services, organizations), IDeletePage
{
    public const string Operation = "DELETE /api/v2/organizations/{id}";

    public DeleteQuestion Question => new(
        "Organization", Organization.Name, Organization.Path, PathAfterwards, "Dashboard.Organizations");

    protected override string PathAfterwards => "/dashboard/organizations";

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ActAsync(Operation, () => Organizations.DeleteAsync(Id, ct), "deleted", ct);
}
