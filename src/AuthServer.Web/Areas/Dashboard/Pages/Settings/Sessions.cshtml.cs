using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Tenants;

namespace AuthServer.Web.Areas.Dashboard.Pages.Settings;

/// <summary>How long users stay signed in.</summary>
[RequiresScope("read:tenant_settings")]
internal sealed class SessionsModel(DashboardServices services, TenantSettingsService settings)
    : SettingsPage(services, settings)
{
    private static readonly FormSection[] FormSections =
    [
        new("Lifetimes", FormField.Number("idle_session_lifetime"), FormField.Number("session_lifetime")),
    ];

    protected override IReadOnlyList<FormSection> Sections => FormSections;
}
