using AuthServer.Core.Tenants;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>Name, addresses and lifetimes of an application.</summary>
[RequiresScope("read:clients")]
internal sealed class SettingsModel(DashboardServices services, ClientService clients, Tenant tenant)
    : ApplicationFormPage(services, clients)
{
    private static readonly FormSection[] FormSections =
    [
        new(
            "Identity",
            FormField.Text("name"),
            FormField.Text("description"),
            FormField.Choice("app_type", [.. ApplicationTypes.All]),
            FormField.Code("logo_uri")),
        new(
            "Addresses",
            FormField.Lines("callbacks"),
            FormField.Lines("allowed_logout_urls"),
            FormField.Lines("web_origins"),
            FormField.Lines("allowed_origins"),
            FormField.Code("initiate_login_uri")),
        new("IdTokens", FormField.Number("jwt_configuration.lifetime_in_seconds")),
        new(
            "RefreshTokens",
            FormField.Choice("refresh_token.rotation_type", "rotating", "non-rotating"),
            FormField.Number("refresh_token.leeway"),
            FormField.Choice("refresh_token.expiration_type", "expiring", "non-expiring"),
            FormField.Number("refresh_token.token_lifetime"),
            FormField.Number("refresh_token.idle_token_lifetime")),
    ];

    /// <summary>As SDKs ask for it.</summary>
    public string Domain => tenant.Issuer.Uri.Authority;

    protected override IReadOnlyList<FormSection> Sections => FormSections;
}
