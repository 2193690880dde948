using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Pages.Roles;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>The roles of a user. A role may make an administrator, so that a change takes a recent login.</summary>
internal sealed class RolesModel(
    DashboardServices services, UserService users, RoleService roles, RoleMemberService members)
    : UserPage(services, users)
{
    public const string Assignment = "POST /api/v2/users/{id}/roles";

    public IReadOnlyList<RoleView> Roles { get; private set; } = [];

    /// <summary>The roles that the user lacks.</summary>
    public IReadOnlyList<RoleView> Others { get; private set; } = [];

    public bool MayRead => May("GET /api/v2/roles");

    protected override bool NeedsRecentLogin => true;

    public Task<IActionResult> OnPostAssignAsync(CancellationToken ct)
    {
        var body = JsonBody.Of(new JsonObject { ["roles"] = new JsonArray(Request.Posted("role")) });
        return ActAsync(Assignment, () => members.AssignToUserAsync(Id, body, Principal, ct), "saved", ct);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Roles = ViewsOf(await members.RolesOfUserAsync(Id, Everything, ct));
        if (!MayRead)
            return;
        var known = Roles.Select(role => role.Id).ToHashSet(StringComparer.Ordinal);
        var all = ViewsOf(await roles.ListAsync(new RoleFilter(), Everything, ct));
        Others = [.. all.Where(role => !known.Contains(role.Id))];
    }

    private IReadOnlyList<RoleView> ViewsOf(JsonNode list) =>
        [.. ResourcePage.Of(list, "roles").Items.Select(json => new RoleView(json, Principal))];
}
