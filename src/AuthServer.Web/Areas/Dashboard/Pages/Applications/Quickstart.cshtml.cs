using AuthServer.Core.Model;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Pages;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>The code that connects an application, with its own values.</summary>
internal sealed class QuickstartModel(DashboardServices services, ClientService clients, GuideValues values)
    : ApplicationPage(services, clients)
{
    private static readonly string[] Web = ["_AspNetCore", "_Express", "_AuthJs", "_Flask", "_OpenIdClient"];

    public GuideValues Values => values with { ClientId = Id };

    /// <summary>The snippets that fit the application's type.</summary>
    public IReadOnlyList<string> Snippets => (string?)Application.Client["app_type"] switch
    {
        AppTypes.Spa => ["_SpaJs", "_OidcClientTs"],
        AppTypes.Native => ["_OidcClientTs"],
        AppTypes.NonInteractive => ["_Curl", "_Auth0Node"],
        _ => Web,
    };
}
