using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>Grant types and what the protocol demands of an application.</summary>
[RequiresScope("read:clients")]
internal sealed class AdvancedModel(DashboardServices services, ClientService clients)
    : ApplicationFormPage(services, clients)
{
    private static readonly FormSection[] FormSections =
    [
        new("Trust", FormField.Switch("is_first_party")),
        new("Grants", FormField.Choices("grant_types", [.. ClientVocabulary.SupportedGrantTypes])),
        new(
            "Requirements",
            FormField.Switch("require_pkce"),
            FormField.Switch("require_pushed_authorization_requests"),
            FormField.Switch("require_proof_of_possession")),
        new(
            "Logout",
            FormField.Lines("oidc_logout.backchannel_logout_urls"),
            FormField.Code("frontchannel_logout_uri")),
    ];

    protected override IReadOnlyList<FormSection> Sections => FormSections;
}
