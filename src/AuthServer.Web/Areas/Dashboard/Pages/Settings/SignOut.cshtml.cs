using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Tenants;

namespace AuthServer.Web.Areas.Dashboard.Pages.Settings;

/// <summary>Where browsers may go after signing out.</summary>
[RequiresScope("read:tenant_settings")]
internal sealed class SignOutModel(DashboardServices services, TenantSettingsService settings)
    : SettingsPage(services, settings)
{
    private static readonly FormSection[] FormSections = [new("SignOut", FormField.Lines("allowed_logout_urls"))];

    protected override IReadOnlyList<FormSection> Sections => FormSections;
}
