using System.Text.Json.Nodes;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Forms;

/// <summary>A page with a form over one resource, which one operation of <c>/api/v2</c> updates.</summary>
internal abstract class FormPage(DashboardServices services) : DashboardPage(services)
{
    public ResourceForm Form { get; private set; } = null!;

    /// <summary>The resource in keys of texts.</summary>
    protected abstract string Resource { get; }

    /// <summary>Method and route of the update.</summary>
    protected abstract string Operation { get; }

    protected abstract IReadOnlyList<FormSection> Sections { get; }

    /// <summary>The values of the route's parameters.</summary>
    protected virtual string[] ResourceIds => [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!May(Operation))
            return await ForbiddenAsync(Operation, ResourceIds);
        await OpenAsync(ct);
        var changes = Form.Take(Request.Form);
        if (changes.Count == 0 && !Form.HasErrors)
            return To(Request.Path);
        if (!Form.IsOutdated && !Form.HasErrors)
        {
            Error = await PerformAsync(Operation, () => SaveAsync(changes, ct), ResourceIds);
            if (Error is null)
                return To(Request.Path + "?done=saved");
            await OpenAsync(ct);
            Form.Take(Request.Form);
            if (!Form.IsOutdated)
                Form.Refuse(Error);
        }

        Response.StatusCode = Form.IsOutdated ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return Page();
    }

    protected abstract Task<JsonObject> ReadAsync(CancellationToken ct);

    protected abstract Task UpdateAsync(JsonBody body, CancellationToken ct);

    /// <summary>The body of the update, made of the members that were changed.</summary>
    protected virtual JsonObject BodyOf(JsonObject changes) => changes;

    /// <summary>Whether the stored resource still has what the page was made of.</summary>
    protected virtual bool IsCurrent(JsonObject resource) => Form.IsCurrent(resource);

    /// <summary>Reads what the page shows beside its form.</summary>
    protected virtual Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    private Task SaveAsync(JsonObject changes, CancellationToken ct) =>
        UpdateAsync(JsonBody.Of(BodyOf(changes), IsCurrent), ct);

    private async Task OpenAsync(CancellationToken ct)
    {
        var stored = await ReadAsync(ct);
        Form = new ResourceForm(Resource, Sections, stored) { IsReadOnly = !May(Operation) };
        await LoadAsync(ct);
    }
}
