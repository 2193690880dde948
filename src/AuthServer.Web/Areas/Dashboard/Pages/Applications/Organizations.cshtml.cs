using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>Whether users sign in to organizations, and which one the application itself acts for.</summary>
[RequiresScope("read:clients")]
internal sealed class OrganizationsModel(DashboardServices services, ClientService clients)
    : ApplicationFormPage(services, clients)
{
    private const string Default = "default_organization";

    private static readonly FormSection[] FormSections =
    [
        new(
            "Organizations",
            FormField.Choice(
                "organization_usage",
                OrganizationUsages.Deny,
                OrganizationUsages.Allow,
                OrganizationUsages.Require),
            FormField.Choice(
                "organization_require_behavior",
                OrganizationPrompts.None,
                OrganizationPrompts.BeforeLogin,
                OrganizationPrompts.AfterLogin)),
        new("DefaultOrganization", FormField.Code(Default + ".organization_id")),
    ];

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    /// <summary>Auth0 has the default for one flow, which the member names.</summary>
    protected override JsonObject BodyOf(JsonObject changes)
    {
        if (changes[Default] is not JsonObject organization)
            return changes;
        if (organization["organization_id"] is null)
            changes[Default] = null;
        else
            organization["flows"] = new JsonArray("client_credentials");
        return changes;
    }
}
