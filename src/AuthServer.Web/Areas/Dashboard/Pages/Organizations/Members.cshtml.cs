using System.Collections.Frozen;
using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>The members of an organization, and the users who could be.</summary>
[RequiresScope("read:organization_members")]
internal sealed class MembersModel(
    DashboardServices services,
    OrganizationService organizations,
    OrganizationMemberService members,
    UserService users)
    : OrganizationPage(services, organizations)
{
    public const string Addition = "POST /api/v2/organizations/{id}/members";
    public const string Removal = "DELETE /api/v2/organizations/{id}/members";

    private static readonly Fields WithRoles =
        new(FrozenSet.Create(StringComparer.Ordinal, "user_id", "email", "name", "roles"), Include: true);

    public ResourcePage Members { get; private set; } = ResourcePage.None;

    /// <summary>The users who could be added; null when this user may not add one.</summary>
    public UserSearch? Users { get; private set; }

    public bool MayShowRoles => May(MemberModel.Reading);

    public Task<IActionResult> OnPostAddAsync(CancellationToken ct) => ActAsync(
        Addition, () => members.AddAsync(Id, OfUser(), ct), "added", ct);

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken ct) => ActAsync(
        Removal, () => members.DeleteAsync(Id, OfUser(), ct), "removed", ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var fields = MayShowRoles ? WithRoles : Fields.All;
        Members = ResourcePage.Of(await members.ListAsync(Id, Paging, fields, Principal, ct), "members");
        if (May(Addition) && May("GET /api/v2/users"))
            Users = await UserSearch.FindAsync(Request.Query["q"], users, Paging, Principal, ct);
    }

    private JsonBody OfUser() =>
        JsonBody.Of(new JsonObject { ["members"] = new JsonArray(Request.Posted("user")) });
}
