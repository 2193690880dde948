using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>A tab of a screen.</summary>
/// <param name="Text">The key of its text.</param>
/// <param name="Path">Its page.</param>
/// <param name="AnyOf">The scopes of which one lets an administrator see it; none: those of the screen.</param>
internal sealed record Tab(string Text, string Path, params string[] AnyOf)
{
    /// <summary>A scope that it takes as well.</summary>
    public string? Also { get; init; }

    public bool IsFor(ManagementPrincipal principal) =>
        (AnyOf.Length == 0 || principal.HasAny(AnyOf)) && (Also is null || principal.Has(Also));
}

/// <summary>The tabs that an administrator sees of a screen.</summary>
/// <param name="Label">What they are tabs of.</param>
/// <param name="Principal">Who sees them.</param>
/// <param name="Tabs">In order.</param>
internal sealed record TabList(string Label, ManagementPrincipal Principal, IReadOnlyList<Tab> Tabs);
