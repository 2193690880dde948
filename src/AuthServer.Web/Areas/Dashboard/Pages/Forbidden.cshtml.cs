using AuthServer.Core.Roles;
using AuthServer.Core.Tenants;
using AuthServer.Web.Areas.Dashboard.SignIn;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Areas.Dashboard.Pages;

/// <summary>Names the roles that open a page. It is drawn in the page's place.</summary>
internal sealed class ForbiddenModel(IPermissionStore permissions) : PageModel
{
    /// <summary>Where the request's page is found whose permission is missing.</summary>
    public static readonly object Required = new();

    public IReadOnlyList<string> Scopes { get; private set; } = [];

    public IReadOnlyList<string> Roles { get; private set; } = [];

    public string Account => HttpContext.Features.GetRequiredFeature<Administrator>().DisplayName;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Scopes = HttpContext.Items[Required] as IReadOnlyList<string> ?? [];
        Roles = await permissions.RolesAllowingAsync(Issuer.ManagementApi, Scopes, ct);
    }
}
