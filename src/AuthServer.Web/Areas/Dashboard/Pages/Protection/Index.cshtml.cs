using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Blocks;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Protection;

/// <summary>
/// Accounts and addresses that wrong passwords block now. An administrator who may see neither gets the limits.
/// </summary>
[RequiresScope("read:users", "read:anomaly_blocks", "read:attack_protection")]
internal sealed class IndexModel(DashboardServices services, BlockService blocks) : OperationPage(services)
{
    public const string Unlocking = "DELETE /api/v2/user-blocks/{id}";
    public const string Lifting = "DELETE /api/v2/anomaly/blocks/ips/{id}";
    private const string ReadingAccounts = "GET /api/v2/user-blocks/{id}";
    private const string ReadingAddresses = "GET /api/v2/anomaly/blocks/ips/{id}";

    /// <summary>Null when the administrator may not see them.</summary>
    public IReadOnlyList<BlockedAccount>? Accounts { get; private set; }

    /// <summary>Null when the administrator may not see them.</summary>
    public IReadOnlyList<BlockedAddress>? Addresses { get; private set; }

    /// <summary>Whether the user of a page may see blocks.</summary>
    public static bool IsFor(DashboardPage page) => page.May(ReadingAccounts) || page.May(ReadingAddresses);

    public override async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var answer = await base.OnGetAsync(ct);
        return Accounts is null && Addresses is null ? To("/dashboard/protection/limits") : answer;
    }

    public Task<IActionResult> OnPostUserAsync(CancellationToken ct)
    {
        var id = Request.Posted("id");
        return ActAsync(Unlocking, () => blocks.LiftOfUserAsync(id, Principal, ct), "lifted", ct, id);
    }

    public Task<IActionResult> OnPostAddressAsync(CancellationToken ct)
    {
        var address = Request.Posted("id");
        return ActAsync(Lifting, () => blocks.LiftAsync(address, ct), "lifted", ct, address);
    }

    protected override async Task OpenAsync(CancellationToken ct)
    {
        if (May(ReadingAccounts))
            Accounts = await blocks.AccountsAsync(ct);
        if (May(ReadingAddresses))
            Addresses = await blocks.AddressesAsync(ct);
    }
}
