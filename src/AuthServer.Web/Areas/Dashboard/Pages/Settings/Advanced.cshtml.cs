using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Tenants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Pages.Settings;

/// <summary>Dynamic client registration, and switches of the protocol.</summary>
[RequiresScope("read:tenant_settings")]
internal sealed class AdvancedModel(DashboardServices services, TenantSettingsService settings, ClientService clients)
    : SettingsPage(services, settings)
{
    private static readonly FormSection[] FormSections =
    [
        new(
            "Registration",
            Flag(TenantFlags.EnableDynamicClientRegistration),
            FormField.Choice(
                "dynamic_client_registration_security_mode",
                ThirdPartySecurityModes.Permissive,
                ThirdPartySecurityModes.Strict)),
        new(
            "Protocol",
            Flag(TenantFlags.RequirePkce),
            FormField.Switch("pushed_authorization_requests_supported"),
            Flag(TenantFlags.RequirePushedAuthorizationRequests),
            Flag(TenantFlags.RequireSignedRequestObject),
            Flag(TenantFlags.RequireReverseDomainSchemes)),
        new(
            "Compatibility",
            Flag(TenantFlags.EnableClientConnections),
            Flag(TenantFlags.AllowAccessTokenInQuery),
            Flag(TenantFlags.AllowTokenEndpointAsAssertionAudience),
            Flag(TenantFlags.EnablePublicSignupUserExistsError),
            FormField.Switch("allow_organization_name_in_authentication_api")),
    ];

    /// <summary>What registered itself in the last seven days; null when the user may not see it.</summary>
    public ResourcePage? Registered { get; private set; }

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (!May("GET /api/v2/clients"))
            return;
        var filter = new ClientFilter
        {
            IsSelfRegistered = true,
            CreatedSince = Now - TimeSpan.FromDays(7),
            IsNewestFirst = true,
        };
        var newest = Everything with { Size = 5 };
        Registered = ResourcePage.Of(
            await clients.ListAsync(filter, newest, Fields.All, WithoutSecrets, ct), "clients");
    }

    private static FormField Flag(string name) => FormField.Switch("flags." + name);
}
