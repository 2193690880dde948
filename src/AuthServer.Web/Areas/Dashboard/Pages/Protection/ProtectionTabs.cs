namespace AuthServer.Web.Areas.Dashboard.Pages.Protection;

/// <summary>The tabs of what protects the sign-in.</summary>
internal static class ProtectionTabs
{
    public static IReadOnlyList<Tab> All { get; } =
    [
        new("Dashboard.Protection.Blocked", "/dashboard/protection", "read:users", "read:anomaly_blocks"),
        new("Dashboard.Protection.Limits", "/dashboard/protection/limits", "read:attack_protection"),
    ];
}
