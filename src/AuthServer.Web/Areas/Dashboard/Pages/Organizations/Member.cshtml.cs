using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Pages.Roles;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Branding;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>
/// The roles that a member has in one organization. They open nothing of the dashboard, which only counts the roles
/// that a user has everywhere.
/// </summary>
[RequiresScope("read:organization_member_roles")]
internal sealed class MemberModel(
    DashboardServices services,
    OrganizationService organizations,
    OrganizationMemberRoleService memberRoles,
    RoleService roles,
    UserService users)
    : OrganizationPage(services, organizations)
{
    public const string Reading = "GET /api/v2/organizations/{id}/members/{userId}/roles";
    public const string Assignment = "POST /api/v2/organizations/{id}/members/{userId}/roles";
    public const string Removal = "DELETE /api/v2/organizations/{id}/members/{userId}/roles";

    [FromRoute(Name = "user")]
    public string UserId { get; set => field = PathIds.Unslashed(value); } = "";

    /// <summary>The id, for an administrator who may not see users.</summary>
    public string Name { get; private set; } = "";

    public IReadOnlyList<RoleView> Roles { get; private set; } = [];

    /// <summary>The roles that the member lacks.</summary>
    public IReadOnlyList<RoleView> Others { get; private set; } = [];

    public static string PathOf(JsonObject organization, JsonObject member) =>
        $"{OrganizationView.PathOf(organization)}/members/{Uri.EscapeDataString((string)member["user_id"]!)}";

    public Task<IActionResult> OnPostAssignAsync(CancellationToken ct) => ActAsync(
        Assignment, () => memberRoles.AssignAsync(Id, UserId, OfRole(), Principal, ct), "saved", ct, Id, UserId);

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken ct) => ActAsync(
        Removal, () => memberRoles.DeleteAsync(Id, UserId, OfRole(), Principal, ct), "saved", ct, Id, UserId);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Roles = ViewsOf(await memberRoles.ListAsync(Id, UserId, Everything, ct));
        var user = May("GET /api/v2/users/{id}") ? await users.GetAsync(UserId, Fields.All, ct) : null;
        Name = DisplayText.Of((string?)user?["name"] ?? (string?)user?["email"] ?? UserId);
        if (!May("GET /api/v2/roles"))
            return;
        var known = Roles.Select(role => role.Id).ToHashSet(StringComparer.Ordinal);
        var all = ViewsOf(await roles.ListAsync(new RoleFilter(), Everything, ct));
        Others = [.. all.Where(role => !known.Contains(role.Id))];
    }

    private IReadOnlyList<RoleView> ViewsOf(JsonNode list) =>
        [.. ResourcePage.Of(list, "roles").Items.Select(json => new RoleView(json, Principal))];

    private JsonBody OfRole() => JsonBody.Of(new JsonObject { ["roles"] = new JsonArray(Request.Posted("role")) });
}
