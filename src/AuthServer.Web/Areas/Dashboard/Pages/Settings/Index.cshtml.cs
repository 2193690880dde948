using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Tenants;
using AuthServer.Web.Pages;

namespace AuthServer.Web.Areas.Dashboard.Pages.Settings;

/// <summary>Name, support, languages and defaults.</summary>
[RequiresScope("read:tenant_settings")]
internal sealed class IndexModel(DashboardServices services, TenantSettingsService settings)
    : SettingsPage(services, settings)
{
    private static readonly FormSection[] FormSections =
    [
        new("Identity", FormField.Text("friendly_name"), FormField.Code("picture_url")),
        new("Support", FormField.Text("support_email"), FormField.Code("support_url")),
        new("Languages", FormField.Choices("enabled_locales", [.. PageLanguage.Spoken])),
        new(
            "Defaults",
            FormField.Text("default_directory"),
            FormField.Code("default_redirection_uri")),
    ];

    protected override IReadOnlyList<FormSection> Sections => FormSections;
}
