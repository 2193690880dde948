using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Pages.Users;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Roles;

/// <summary>The users who have a role.</summary>
[RequiresScope("read:role_members", "read:users")]
internal sealed class MembersModel(
    DashboardServices services, RoleService roles, RoleMemberService members, UserService users)
    : RolePage(services, roles)
{
    private const string Addition = "POST /api/v2/roles/{id}/users";

    public ResourcePage Members { get; private set; } = ResourcePage.None;

    /// <summary>Null when the user may not add one.</summary>
    public UserSearch? Search { get; private set; }

    public bool MayAdd => May(Addition) && May("GET /api/v2/users");

    public bool MayRemove => May(RemoveRoleModel.Operation) && May("GET /api/v2/users/{id}");

    public Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        var body = JsonBody.Of(new JsonObject { ["users"] = new JsonArray(Request.Posted("user")) });
        return ActAsync(Addition, () => members.AssignAsync(Id, body, Principal, ct), "saved", ct);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Members = ResourcePage.Of(await members.ListAsync(Id, Paging, ct), "users");
        if (MayAdd && MayAct)
            Search = await UserSearch.FindAsync(Request.Query["q"], users, Paging, Principal, ct);
    }
}
