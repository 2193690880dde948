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
        new("Dashboard.Settings.General", "/dashboard/settings"),
        new("Dashboard.Settings.Sessions", "/dashboard/settings/sessions"),
        new("Dashboard.Settings.Tokens", "/dashboard/settings/tokens"),
        new("Dashboard.Settings.SignOut", "/dashboard/settings/sign-out"),
        new("Dashboard.Settings.Administrators", "/dashboard/settings/administrators", "read:roles")
        {
            Also = "read:users",
        },
        new("Dashboard.Settings.Advanced", "/dashboard/settings/advanced"),
    ];

    protected sealed override string Operation => "PATCH /api/v2/tenants/settings";

    protected sealed override string Resource => "Tenant";

    protected sealed override Task<JsonObject> ReadAsync(CancellationToken ct) => settings.GetAsync(Fields.All, ct);

    protected sealed override Task UpdateAsync(JsonBody body, CancellationToken ct) => settings.UpdateAsync(body, ct);
}
