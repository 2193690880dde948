using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>The code that connects an application, with its own values.</summary>
[RequiresScope("read:clients")]
internal sealed class QuickstartModel(DashboardServices services, ClientService clients, GuideValues values)
    : DashboardPage(services)
{
    private static readonly string[] Web = ["_AspNetCore", "_Express", "_AuthJs", "_OpenIdClient"];

    [FromRoute]
    public string Id { get; set; } = "";

    public ApplicationView Application { get; private set; } = null!;

    public GuideValues Values => values with { ClientId = Id };

    /// <summary>The snippets that fit the application's type.</summary>
    public IReadOnlyList<string> Snippets => (string?)Application.Client["app_type"] switch
    {
        AppTypes.Spa => ["_SpaJs", "_OidcClientTs"],
        AppTypes.Native => ["_OidcClientTs"],
        AppTypes.NonInteractive => ["_Curl", "_Auth0Node"],
        _ => Web,
    };

    public async Task OnGetAsync(CancellationToken ct) =>
        Application = new ApplicationView(await clients.GetAsync(Id, Fields.All, WithoutSecrets, ct), Principal);
}
