using AuthServer.Core.Clients;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>An entry of the navigation.</summary>
/// <param name="Text">The key of its text.</param>
/// <param name="Path">Where it leads; its tabs lie below.</param>
/// <param name="Icon">The path of its picture, of 20 by 20.</param>
/// <param name="Page">The page there. An administrator who may not open it does not see the entry.</param>
internal sealed record NavigationEntry(string Text, string Path, string Icon, Type Page);

/// <summary>The entries of the navigation, in groups.</summary>
internal static class DashboardNavigation
{
    private static readonly (string? Group, NavigationEntry[] Entries)[] All =
    [
        (
            null,
            [
                new(
                    "Dashboard.Overview",
                    DashboardApplication.Path,
                    "M3 9.5 10 3l7 6.5V17H3z",
                    typeof(Pages.IndexModel)),
            ]),
        (
            "Dashboard.Nav.Applications",
            [
                new(
                    "Dashboard.Applications",
                    "/dashboard/applications",
                    "M3 4h14v12H3zM3 7.5h14",
                    typeof(Pages.Applications.IndexModel)),
                new(
                    "Dashboard.Apis",
                    "/dashboard/apis",
                    "M7 6 3 10l4 4M13 6l4 4-4 4M11.5 4l-3 12",
                    typeof(Pages.Apis.IndexModel)),
            ]),
        (
            "Dashboard.Nav.People",
            [
                new(
                    "Dashboard.Users",
                    "/dashboard/users",
                    "M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c.6-3.4 3-5 6-5s5.4 1.6 6 5",
                    typeof(Pages.Users.IndexModel)),
                new(
                    "Dashboard.Organizations",
                    "/dashboard/organizations",
                    "M4 17V4h7v13M11 8h5v9M2.5 17h15M6.5 7.5h2M6.5 11h2M6.5 14h2M13.5 11v3",
                    typeof(Pages.Organizations.IndexModel)),
                new(
                    "Dashboard.Roles",
                    "/dashboard/roles",
                    "M10 2.5 16 5v4.5c0 4-2.6 6.8-6 8-3.4-1.2-6-4-6-8V5zM7.5 10l2 2 3.5-4",
                    typeof(Pages.Roles.IndexModel)),
            ]),
        (
            "Dashboard.Nav.SignIn",
            [
                new(
                    "Dashboard.Connections",
                    "/dashboard/connections",
                    "M8 12.5l-1.2 1.2a3 3 0 0 1-4.2-4.2L5 7.1a3 3 0 0 1 4.2 0M12 7.5l1.2-1.2a3 3 0 0 1 4.2 4.2L15 "
                        + "12.9a3 3 0 0 1-4.2 0M8 12l4-4",
                    typeof(Pages.Connections.IndexModel)),
                new(
                    "Dashboard.Branding",
                    "/dashboard/branding",
                    "M4 16c2.2 0 3.4-1 3.4-2.7A2.2 2.2 0 0 0 5 11c-1.6 0-2 1.4-2 2.5S2.6 16 2 16z"
                        + "M8.5 11.5 16.2 3.8 13.5 9.5 9.5 12.5z",
                    typeof(Pages.Branding.IndexModel)),
                new(
                    "Dashboard.Protection",
                    "/dashboard/protection",
                    "M10 3l6 2.2v4.3c0 3.6-2.4 6.3-6 7.5-3.6-1.2-6-3.9-6-7.5V5.2z",
                    typeof(Pages.Protection.IndexModel)),
            ]),
        (
            "Dashboard.Nav.Operation",
            [
                new(
                    "Dashboard.Actions",
                    "/dashboard/actions",
                    "M11 2.5 4 11.5h5l-1 6 8-9.5h-6z",
                    typeof(Pages.Actions.IndexModel)),
                new("Dashboard.Logs", "/dashboard/logs", "M4 5h12M4 10h12M4 15h8", typeof(Pages.Logs.IndexModel)),
                new(
                    "Dashboard.Keys",
                    "/dashboard/signing-keys",
                    "M13 3.5a3.5 3.5 0 1 1-2.6 5.9L4 16v-2.5h2.5V11H9l1.2-1.4",
                    typeof(Pages.SigningKeys.IndexModel)),
                new(
                    "Dashboard.Settings",
                    "/dashboard/settings",
                    "M4 6h7M15 6h1M4 14h1M9 14h7M13 4.5v3M7 12.5v3",
                    typeof(Pages.Settings.IndexModel)),
            ]),
    ];

    /// <summary>What this administrator may open; groups of which nothing is left are left out.</summary>
    public static IEnumerable<(string? Group, IReadOnlyList<NavigationEntry> Entries)> For(
        ManagementPrincipal principal) =>
        from @group in All
        let entries = @group.Entries.Where(entry => principal.MayOpen(entry.Page)).ToList()
        where entries.Count > 0
        select (@group.Group, (IReadOnlyList<NavigationEntry>)entries);

    /// <summary>Whether a request's page is the entry's, or one below it.</summary>
    public static bool IsCurrent(NavigationEntry entry, PathString path) => entry.Path == DashboardApplication.Path
        ? path == entry.Path
        : path.StartsWithSegments(entry.Path, StringComparison.Ordinal);
}
