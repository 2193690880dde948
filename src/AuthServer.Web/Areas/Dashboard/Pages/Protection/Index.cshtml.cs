using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Blocks;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Protection;

/// <summary>Accounts and addresses that wrong passwords block now.</summary>
[RequiresScope("read:users", "read:anomaly_blocks")]
internal sealed class IndexModel(DashboardServices services, BlockService blocks) : DashboardPage(services)
{
    public const string Unlocking = "DELETE /api/v2/user-blocks/{id}";
    public const string Lifting = "DELETE /api/v2/anomaly/blocks/ips/{id}";

    /// <summary>Null when the administrator may not see them.</summary>
    public IReadOnlyList<BlockedAccount>? Accounts { get; private set; }

    /// <summary>Null when the administrator may not see them.</summary>
    public IReadOnlyList<BlockedAddress>? Addresses { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostUserAsync(CancellationToken ct) =>
        ActAsync(Unlocking, id => blocks.LiftOfUserAsync(id, ct), ct);

    public Task<IActionResult> OnPostAddressAsync(CancellationToken ct) =>
        ActAsync(Lifting, address => blocks.LiftAsync(address, ct), ct);

    private async Task<IActionResult> ActAsync(string operation, Func<string, Task> perform, CancellationToken ct)
    {
        var id = Request.Posted("id");
        if (!May(operation))
            return await ForbiddenAsync(operation, id);
        Error = await PerformAsync(operation, () => perform(id), id);
        if (Error is null)
            return To(Request.Path + "?done=lifted");
        await LoadAsync(ct);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        if (May("GET /api/v2/user-blocks/{id}"))
            Accounts = await blocks.AccountsAsync(ct);
        if (May("GET /api/v2/anomaly/blocks/ips/{id}"))
            Addresses = await blocks.AddressesAsync(ct);
    }
}
