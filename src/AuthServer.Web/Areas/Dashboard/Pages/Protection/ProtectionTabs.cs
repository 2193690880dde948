namespace AuthServer.Web.Areas.Dashboard.Pages.Protection;

/// <summary>The tabs of what protects the sign-in.</summary>
internal static class ProtectionTabs
{
    /// <summary>The page of the blocks leads an administrator who may see none on to the limits.</summary>
    public static IReadOnlyList<Tab> Of(DashboardPage page) =>
    [
        .. IndexModel.IsFor(page)
            ? [new Tab("Dashboard.Protection.Blocked", "/dashboard/protection", typeof(IndexModel))]
            : Array.Empty<Tab>(),
        new("Dashboard.Protection.Limits", "/dashboard/protection/limits", typeof(LimitsModel)),
    ];
}
