using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Connections;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>Asks before a connection is deleted, with what ends with it. It takes a recent login.</summary>
[RequiresScope("delete:connections")]
internal sealed class DeleteModel(DashboardServices services, ConnectionService connections)
    : ConnectionPage(services, connections), IDeletePage
{
    public int UserCount { get; private set; }

    /// <summary>The administrator would be deleted with it.</summary>
    public bool IsOwn => Administrator.User.Connection == (string?)Connection.Json["name"];

    /// <summary>The list of these users; null when the administrator may not see it.</summary>
    public string? UsersPath => UserCount > 0 && May("GET /api/v2/users")
        ? "/dashboard/users" + QueryString.Create("q", $"identities.connection:\"{Connection.Json["name"]}\"")
        : null;

    public DeleteQuestion Question => new(
        "Connection", Connection.DisplayName, Connection.Path, PathAfterwards, "Dashboard.Connections");

    protected override bool NeedsRecentLogin => true;

    protected override string PathAfterwards => "/dashboard/connections";

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => ActAsync(
        "DELETE /api/v2/connections/{id}", () => Connections.DeleteAsync(Id, Principal, ct), "deleted", ct);

    protected override async Task LoadAsync(CancellationToken ct) =>
        UserCount = await Connections.CountUsersAsync(Id, ct);
}
