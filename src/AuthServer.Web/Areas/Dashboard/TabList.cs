using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>A tab of a screen.</summary>
/// <param name="Text">The key of its text.</param>
/// <param name="Path">Where it leads.</param>
/// <param name="Page">The page there. An administrator who may not open it does not see the tab.</param>
internal sealed record Tab(string Text, string Path, Type Page);

/// <summary>The tabs that an administrator sees of a screen.</summary>
/// <param name="Label">What they are tabs of.</param>
/// <param name="Principal">Who sees them.</param>
/// <param name="Tabs">In order.</param>
internal sealed record TabList(string Label, ManagementPrincipal Principal, IReadOnlyList<Tab> Tabs);
