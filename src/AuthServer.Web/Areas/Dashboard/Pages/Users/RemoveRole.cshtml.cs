using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Pages.Roles;
using AuthServer.Web.Management;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>Asks before a user loses a role, which may be the one that opens this page.</summary>
internal sealed class RemoveRoleModel(DashboardServices services, UserService users, RoleMemberService members)
    : UserPage(services, users)
{
    public const string Operation = "DELETE /api/v2/users/{id}/roles";

    [FromRoute(Name = "role")]
    public string RoleId { get; set; } = "";

    /// <summary>The page that asked: the role's, the settings' or the user's.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; set; }

    public RoleView Role { get; private set; } = null!;

    public bool IsOwn => Id == Administrator.User.UserId;

    public string BackPath => From switch
    {
        "role" => Role.Path + "/members",
        "settings" => "/dashboard/settings/administrators",
        _ => Shown.Path + "/roles",
    };

    protected override string PathAfterwards => BackPath;

    protected override bool NeedsRecentLogin => true;

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        var body = JsonBody.Of(new JsonObject { ["roles"] = new JsonArray(RoleId) });
        return await ActAsync(
            Operation, () => members.DeleteOfUserAsync(Id, body, Principal, ct), "saved", ct);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var roles = ResourcePage.Of(await members.RolesOfUserAsync(Id, Everything, ct), "roles").Items;
        var role = roles.FirstOrDefault(json => (string)json["id"]! == RoleId)
            ?? throw ManagementError.NotFound("The user does not have this role").AsException();
        Role = new RoleView(role, Principal);
    }
}
