using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Settings;

/// <summary>Who may open the dashboard, and by which roles.</summary>
[RequiresScope("read:users")]
[RequiresScope("read:roles")]
internal sealed class AdministratorsModel(
    DashboardServices services,
    AdministratorService administrators,
    RoleMemberService members,
    RoleService roles,
    UserService users)
    : OperationPage(services)
{
    public const string Addition = "POST /api/v2/users/{id}/roles";

    public ResourcePage Administrators { get; private set; } = ResourcePage.None;

    /// <summary>Null when the user may not add one.</summary>
    public UserSearch? Search { get; private set; }

    protected override bool NeedsRecentLogin => true;

    public Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        var user = Request.Posted("user");
        var body = JsonBody.Of(new JsonObject { ["roles"] = new JsonArray(Request.Posted("role")) });
        return ActAsync(Addition, () => members.AssignToUserAsync(user, body, Principal, ct), "saved", ct, user);
    }

    protected override async Task OpenAsync(CancellationToken ct)
    {
        Administrators = ResourcePage.Of(await administrators.ListAsync(Paging, ct), "administrators");
        if (!MayAct || !May(Addition))
            return;
        var opening = await roles.ListAsync(new RoleFilter { OpensDashboard = true }, Everything, ct);
        Search = await UserSearch.FindAsync(Request.Query["q"], users, Paging, Principal, ct) with
        {
            Roles = ResourcePage.Of(opening, "roles").Items,
        };
    }
}
