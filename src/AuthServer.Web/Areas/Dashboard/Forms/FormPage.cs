using System.Text.Json.Nodes;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Forms;

/// <summary>A page with a form over one resource, which one operation of <c>/api/v2</c> updates.</summary>
internal abstract class FormPage(DashboardServices services) : DashboardPage(services)
{
    private bool hasChanges;

    public ResourceForm Form { get; private set; } = null!;

    /// <summary>The resource in keys of texts.</summary>
    protected abstract string Resource { get; }

    /// <summary>Method and route of the update.</summary>
    protected abstract string Operation { get; }

    protected abstract IReadOnlyList<FormSection> Sections { get; }

    /// <summary>The key of what the button says.</summary>
    protected virtual string Submit => "Dashboard.Save";

    /// <summary>The page handler of a second button.</summary>
    protected virtual string? OtherHandler => null;

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
        if (!await SaveAsync(ct))
            return Page();
        return To(hasChanges ? Request.Path + "?done=saved" : Request.Path);
    }

    /// <summary>Saves what was typed.</summary>
    /// <returns>False when it was refused: the page says why.</returns>
    protected async Task<bool> SaveAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        var changes = Form.Take(Request.Form);
        hasChanges = changes.Count > 0;
        if (!hasChanges && !Form.HasErrors)
            return true;
        if (!Form.IsOutdated && !Form.HasErrors)
        {
            Error = await PerformAsync(Operation, () => UpdateAsync(changes, ct), ResourceIds);
            if (Error is null)
                return true;
            await OpenAsync(ct);
            Form.Take(Request.Form);
            if (!Form.IsOutdated)
                Form.Refuse(Error);
        }

        Response.StatusCode = Form.IsOutdated ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return false;
    }

    protected abstract Task<JsonObject> ReadAsync(CancellationToken ct);

    protected abstract Task UpdateAsync(JsonBody body, CancellationToken ct);

    /// <summary>The body of the update, made of the members that were changed.</summary>
    protected virtual JsonObject BodyOf(JsonObject changes) => changes;

    /// <summary>The resource as the fields show it, such as with the default of an object that it lacks.</summary>
    protected virtual JsonObject AsShown(JsonObject resource) => resource;

    /// <summary>Whether the stored resource still has what the page was made of.</summary>
    protected virtual bool IsCurrent(JsonObject resource) => Form.IsCurrent(AsShown(resource));

    /// <summary>Reads what the page shows beside its form.</summary>
    protected virtual Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Reads what the page shows.</summary>
    protected async Task OpenAsync(CancellationToken ct)
    {
        var stored = AsShown(await ReadAsync(ct));
        Form = new ResourceForm(Resource, Sections, stored)
        {
            IsReadOnly = !May(Operation),
            Submit = Submit,
            OtherHandler = OtherHandler,
        };
        await LoadAsync(ct);
    }

    private Task UpdateAsync(JsonObject changes, CancellationToken ct) =>
        UpdateAsync(JsonBody.Of(BodyOf(changes), IsCurrent), ct);
}
