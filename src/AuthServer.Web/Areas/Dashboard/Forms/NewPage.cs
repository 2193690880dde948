using System.Text.Json.Nodes;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Forms;

/// <summary>A page with the form of a new resource, which one operation of <c>/api/v2</c> creates.</summary>
internal abstract class NewPage(DashboardServices services) : DashboardPage(services)
{
    public ResourceForm Form { get; private set; } = null!;

    /// <summary>The resource in keys of texts.</summary>
    protected abstract string Resource { get; }

    /// <summary>Method and route of the creation.</summary>
    protected abstract string Operation { get; }

    protected abstract IReadOnlyList<FormSection> Sections { get; }

    /// <summary>The key of what the button says.</summary>
    protected virtual string Submit => "Dashboard.Create";

    /// <summary>What the fields begin with.</summary>
    protected virtual JsonObject Defaults => [];

    /// <summary>The values of the route's parameters.</summary>
    protected virtual string[] ResourceIds => [];

    public Task OnGetAsync(CancellationToken ct) => OpenAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!May(Operation))
            return await ForbiddenAsync(Operation, ResourceIds);
        await OpenAsync(ct);
        IActionResult answer = Page();
        var members = Form.Take(Request.Form);
        if (!Form.HasErrors)
        {
            Error = await PerformAsync(
                Operation, async () => answer = await CreateAsync(JsonBody.Of(BodyOf(members)), ct), ResourceIds);
            if (Error is null)
                return answer;
            Form.Refuse(Error);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <returns>The answer: mostly a redirect to the page of the new resource.</returns>
    protected abstract Task<IActionResult> CreateAsync(JsonBody body, CancellationToken ct);

    /// <summary>The body of the creation, made of the members that are not as they begin.</summary>
    protected virtual JsonObject BodyOf(JsonObject members) => members;

    /// <summary>Reads what the fields offer, and what the page shows beside its form.</summary>
    protected virtual Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    private async Task OpenAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Form = new ResourceForm(Resource, Sections, Defaults) { IsNew = true, Submit = Submit };
    }
}
