using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Tenants;

namespace AuthServer.Web.Areas.Dashboard.Pages.Settings;

/// <summary>Which API access tokens are for, and how many tokens applications get.</summary>
[RequiresScope("read:tenant_settings")]
internal sealed class TokensModel(DashboardServices services, TenantSettingsService settings)
    : SettingsPage(services, settings)
{
    private const string Quota = "default_token_quota";
    private const string Grant = "client_credentials";
    private const string OfClients = "clients";
    private const string OfOrganizations = "organizations";

    private static readonly FormSection[] FormSections =
    [
        new(
            "Apis",
            FormField.Code("default_audience"),
            FormField.Choice(
                "resource_parameter_profile",
                ResourceParameterProfiles.Audience,
                ResourceParameterProfiles.Compatibility),
            FormField.Switch("flags." + TenantFlags.UseScopeDescriptionsForConsent)),
        QuotaSection("ClientQuota", OfClients),
        QuotaSection("OrganizationQuota", OfOrganizations),
    ];

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    /// <summary>A quota that is not there yet would be enforced.</summary>
    protected override JsonObject AsShown(JsonObject resource)
    {
        foreach (var of in (string[])[OfClients, OfOrganizations])
        {
            var quotas = (resource[Quota] ??= new JsonObject()).AsObject();
            (quotas[of] ??= new JsonObject())[Grant] ??= new JsonObject { ["enforce"] = true };
        }

        return resource;
    }

    private static FormSection QuotaSection(string name, string of) => new(
        name,
        FormField.Number($"{Quota}.{of}.{Grant}.per_hour"),
        FormField.Number($"{Quota}.{of}.{Grant}.per_day"),
        FormField.Switch($"{Quota}.{of}.{Grant}.enforce"));
}
