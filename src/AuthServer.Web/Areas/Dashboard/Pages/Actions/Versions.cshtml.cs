using AuthServer.Web.Management.Actions;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>The deployments of an Action.</summary>
internal sealed class VersionsModel(
    DashboardServices services, ActionService actions, ActionVersionService versions)
    : ActionPage(services, actions)
{
    public ResourcePage Versions { get; private set; } = ResourcePage.None;

    protected override async Task LoadAsync(CancellationToken ct) => Versions = ResourcePage.OfActions(
        await versions.ListAsync(Id, new ActionPaging(Paging.Page, Paging.Size), ct), "versions");
}
