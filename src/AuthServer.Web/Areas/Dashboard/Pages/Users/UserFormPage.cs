using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Users;

/// <summary>A tab of a user with a form over their members.</summary>
internal abstract class UserFormPage(DashboardServices services, UserService users, UserUpdateService updates)
    : FormPage(services)
{
    [FromRoute]
    public string Id { get; set => field = PathIds.Unslashed(value); } = "";

    public UserView Shown { get; private set; } = null!;

    protected sealed override string Resource => "User";

    protected sealed override string Operation => "PATCH /api/v2/users/{id}";

    protected sealed override string[] ResourceIds => [Id];

    protected sealed override async Task<JsonObject> ReadAsync(CancellationToken ct)
    {
        var user = await users.GetAsync(Id, Fields.All, ct);
        Shown = new UserView(user, Principal);
        return user;
    }

    protected override Task UpdateAsync(JsonBody body, CancellationToken ct) =>
        updates.UpdateAsync(Id, body, Principal, ct);
}
