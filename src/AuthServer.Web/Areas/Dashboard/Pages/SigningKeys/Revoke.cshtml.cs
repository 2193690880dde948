using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Keys;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.SigningKeys;

/// <summary>Asks before a signing key is revoked, and says which tokens stop working.</summary>
[RequiresScope("read:signing_keys")]
[RequiresScope("update:signing_keys")]
internal sealed class RevokeModel(DashboardServices services, SigningKeyService keys) : OperationPage(services)
{
    public const string Operation = "PUT /api/v2/keys/signing/{kid}/revoke";

    [FromRoute(Name = "kid")]
    public string Kid { get; set; } = "";

    public KeyView Key { get; private set; } = null!;

    public bool MayRevoke => MayAct && Key.State != SigningKeyState.Revoked;

    protected override string[] ResourceIds => [Kid];

    protected override string PathAfterwards => "/dashboard/signing-keys";

    protected override bool NeedsRecentLogin => true;

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ActAsync(Operation, () => keys.RevokeAsync(Kid, ct), "keyrevoked", ct);

    protected override async Task OpenAsync(CancellationToken ct) => Key = new KeyView(await keys.GetAsync(Kid, ct));
}
