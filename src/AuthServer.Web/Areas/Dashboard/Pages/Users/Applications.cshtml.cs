using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Grants;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>What a user consented to.</summary>
[RequiresScope("read:grants")]
internal sealed class ApplicationsModel(DashboardServices services, UserService users, GrantService grants)
    : UserPage(services, users)
{
    public const string Deletion = "DELETE /api/v2/grants/{id}";

    public ResourcePage Grants { get; private set; } = ResourcePage.None;

    public Task<IActionResult> OnPostRevokeAsync(CancellationToken ct)
    {
        var id = Request.Posted("grant");
        return ActAsync(Deletion, () => grants.DeleteAsync(id, ct), "revoked", ct, id);
    }

    protected override async Task LoadAsync(CancellationToken ct) =>
        Grants = ResourcePage.Of(await grants.ListAsync(new GrantFilter { UserId = Id }, Paging, ct), "grants");
}
