using System.Text.Json.Nodes;
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
    public const string Removal = "DELETE /api/v2/users/{id}/roles";

    public IReadOnlyList<JsonObject> Roles { get; private set; } = [];

    /// <summary>The roles that the user lacks.</summary>
    public IReadOnlyList<JsonObject> Others { get; private set; } = [];

    public Task<IActionResult> OnPostAssignAsync(CancellationToken ct) =>
        ChangeAsync(Assignment, body => members.AssignToUserAsync(Id, body, Principal, ct), ct);

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken ct) =>
        ChangeAsync(Removal, body => members.DeleteOfUserAsync(Id, body, ct), ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Roles = ResourcePage.Of(await members.RolesOfUserAsync(Id, Everything, ct), "roles").Items;
        if (!May("GET /api/v2/roles"))
            return;
        var known = Roles.Select(role => (string)role["id"]!).ToHashSet(StringComparer.Ordinal);
        var all = ResourcePage.Of(await roles.ListAsync(new RoleFilter(), Everything, ct), "roles").Items;
        Others = [.. all.Where(role => !known.Contains((string)role["id"]!))];
    }

    private async Task<IActionResult> ChangeAsync(string operation, Func<JsonBody, Task> perform, CancellationToken ct)
    {
        if (!HasSignedInRecently)
            return To(Request.Path);
        var body = JsonBody.Of(new JsonObject { ["roles"] = new JsonArray(Request.Posted("role")) });
        return await ActAsync(operation, () => perform(body), "saved", ct);
    }
}
