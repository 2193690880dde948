using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Connections;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>Asks before a connection is deleted, with what ends with it. It takes a recent login.</summary>
[RequiresScope("delete:connections")]
internal sealed class DeleteModel(DashboardServices services, ConnectionService connections)
    : ConnectionPage(services, connections)
{
    public int UserCount { get; private set; }

    /// <summary>The administrator would be deleted with it.</summary>
    public bool IsOwn => Administrator.User.Connection == (string?)Connection.Json["name"];

    /// <summary>The list of these users; null when the administrator may not see it.</summary>
    public string? UsersPath => UserCount > 0 && May("GET /api/v2/users")
        ? "/dashboard/users" + QueryString.Create("q", $"identities.connection:\"{Connection.Json["name"]}\"")
        : null;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!HasSignedInRecently)
            return To(Request.Path);
        Error = await PerformAsync(
            "DELETE /api/v2/connections/{id}", () => Connections.DeleteAsync(Id, Principal, ct), Id);
        if (Error is null)
            return To("/dashboard/connections?done=deleted");
        await LoadAsync(ct);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        UserCount = await Connections.CountUsersAsync(Id, ct);
    }
}
