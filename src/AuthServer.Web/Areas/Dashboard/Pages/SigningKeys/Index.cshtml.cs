using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Keys;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.SigningKeys;

/// <summary>The keys that sign tokens, of each algorithm, and their rotation.</summary>
[RequiresScope("read:signing_keys")]
internal sealed class IndexModel(DashboardServices services, SigningKeyService keys) : OperationPage(services)
{
    public const string Rotation = "POST /api/v2/keys/signing/rotate";

    public IReadOnlyList<KeyView> Keys { get; private set; } = [];

    protected override bool NeedsRecentLogin => true;

    public int DaysOf(KeyView key) => key.DaysAt(Now);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ActAsync(Rotation, () => keys.RotateAsync(ct), "rotated", ct);

    protected override async Task OpenAsync(CancellationToken ct)
    {
        var all = new List<KeyView>();
        foreach (var algorithm in Algorithms.Signing)
            all.AddRange((await keys.ListAsync(algorithm, ct)).Select(key => new KeyView(key!.AsObject())));
        Keys = [.. all.OrderBy(key => key.State).ThenByDescending(key => key.Since)];
    }
}
