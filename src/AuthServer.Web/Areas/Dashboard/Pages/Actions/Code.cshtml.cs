using System.Text.Json.Nodes;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Actions;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>The draft of an Action: saved, or saved and deployed.</summary>
[RequiresScope("read:actions")]
internal sealed class CodeModel(DashboardServices services, ActionService actions, ActionVersionService versions)
    : FormPage(services)
{
    private const string Deployment = "POST /api/v2/actions/actions/{id}/deploy";

    private static readonly FormSection[] FormSections =
        [new("Editor", FormField.Text("name"), FormField.Program("code"))];

    [FromRoute]
    public string Id { get; set; } = "";

    public ActionView Action { get; private set; } = null!;

    protected override string Resource => "Action";

    protected override string Operation => "PATCH /api/v2/actions/actions/{id}";

    protected override string[] ResourceIds => [Id];

    protected override string Submit => "Dashboard.Action.SaveDraft";

    protected override string? OtherHandler => "Deploy";

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    public async Task<IActionResult> OnPostDeployAsync(CancellationToken ct)
    {
        if (!May(Operation) || !May(Deployment))
            return await ForbiddenAsync(Deployment, Id);
        if (!await SaveAsync(ct))
            return Page();
        Error = await PerformAsync(Deployment, () => versions.DeployAsync(Id, ct), Id);
        if (Error is null)
            return To(Request.Path + "?done=deployed");
        await OpenAsync(ct);
        Form.Refusal = "Dashboard.Action.NotDeployed";
        Form.Refuse(Error);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    protected override async Task<JsonObject> ReadAsync(CancellationToken ct)
    {
        var action = await actions.GetAsync(Id, ct);
        Action = new ActionView(action, Principal);
        return action;
    }

    protected override Task UpdateAsync(JsonBody body, CancellationToken ct) => actions.UpdateAsync(Id, body, ct);
}
