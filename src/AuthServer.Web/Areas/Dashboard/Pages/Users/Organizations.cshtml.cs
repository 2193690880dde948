using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>The organizations that a user is a member of.</summary>
[RequiresScope("read:organizations")]
internal sealed class OrganizationsModel(
    DashboardServices services,
    UserService users,
    OrganizationListService organizations,
    OrganizationMemberService members)
    : UserPage(services, users)
{
    public const string Removal = "DELETE /api/v2/organizations/{id}/members";

    public ResourcePage Organizations { get; private set; } = ResourcePage.None;

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        var organization = Request.Posted("organization");
        var body = JsonBody.Of(new JsonObject { ["members"] = new JsonArray(Id) });
        return ActAsync(Removal, () => members.DeleteAsync(organization, body, ct), "removed", ct, organization);
    }

    protected override async Task LoadAsync(CancellationToken ct) =>
        Organizations = ResourcePage.Of(await organizations.OfUserAsync(Id, Paging, ct), "organizations");
}
