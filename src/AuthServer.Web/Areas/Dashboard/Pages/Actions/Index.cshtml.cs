using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>The list of Actions.</summary>
[RequiresScope("read:actions")]
internal sealed class IndexModel(
    DashboardServices services, ActionService actions, ActionBindingService bindings)
    : DashboardPage(services)
{
    public const string Creation = "POST /api/v2/actions/actions";
    private IReadOnlySet<string> bound = new HashSet<string>(StringComparer.Ordinal);

    public ResourcePage Actions { get; private set; } = ResourcePage.None;

    public bool IsBound(ActionView action) => bound.Contains(action.Id);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var list = await actions.ListAsync(new ActionFilter(), new ActionPaging(Paging.Page, Paging.Size), ct);
        Actions = ResourcePage.OfActions(list, "actions");
        bound = await bindings.BoundActionsAsync(ct);
    }
}
