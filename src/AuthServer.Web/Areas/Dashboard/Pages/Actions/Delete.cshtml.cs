using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>Asks before an Action is deleted, and says that a trigger executes it.</summary>
[RequiresScope("delete:actions")]
internal sealed class DeleteModel(
    DashboardServices services, ActionService actions, ActionBindingService bindings)
    : ActionPage(services, actions), IDeletePage
{
    public const string Operation = "DELETE /api/v2/actions/actions/{id}";

    public bool IsBound { get; private set; }

    public DeleteQuestion Question => new("Action", Action.Name, Action.Path, PathAfterwards, "Dashboard.Actions");

    protected override string PathAfterwards => ActionView.Root;

    public Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        ActAsync(Operation, () => Actions.DeleteAsync(Id, isForced: true, ct), "deleted", ct);

    protected override async Task LoadAsync(CancellationToken ct) =>
        IsBound = (await bindings.BoundActionsAsync(ct)).Contains(Action.Id);
}
