using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Management.Tenants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Pages.Settings;

/// <summary>A tab of the tenant's settings.</summary>
internal abstract class SettingsPage(DashboardServices services, TenantSettingsService settings) : FormPage(services)
{
    public static IReadOnlyList<Tab> Tabs { get; } =
    [
        new("Dashboard.Settings.General", "/dashboard/settings", typeof(IndexModel)),
        new("Dashboard.Settings.Sessions", "/dashboard/settings/sessions", typeof(SessionsModel)),
        new("Dashboard.Settings.Tokens", "/dashboard/settings/tokens", typeof(TokensModel)),
        new("Dashboard.Settings.SignOut", "/dashboard/settings/sign-out", typeof(SignOutModel)),
        new("Dashboard.Settings.Administrators", "/dashboard/settings/administrators", typeof(AdministratorsModel)),
        new("Dashboard.Settings.Advanced", "/dashboard/settings/advanced", typeof(AdvancedModel)),
    ];

    protected sealed override string Operation => "PATCH /api/v2/tenants/settings";

    protected sealed override string Resource => "Tenant";

    protected sealed override Task<JsonObject> ReadAsync(CancellationToken ct) => settings.GetAsync(Fields.All, ct);

    protected sealed override Task UpdateAsync(JsonBody body, CancellationToken ct) => settings.UpdateAsync(body, ct);
}
