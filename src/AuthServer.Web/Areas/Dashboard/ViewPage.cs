using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>A page of one resource without a form over its members. Its head shows the resource.</summary>
/// <typeparam name="TView">The resource as pages show it.</typeparam>
internal abstract class ViewPage<TView>(DashboardServices services) : OperationPage(services)
{
    [FromRoute]
    public string Id { get; set => field = PathIds.Unslashed(value); } = "";

    public TView View { get; private set; } = default!;

    protected sealed override string[] ResourceIds => [Id];

    /// <summary>Reads the resource.</summary>
    protected abstract Task<TView> ReadAsync(CancellationToken ct);

    /// <summary>Reads what the page shows beside the resource.</summary>
    protected virtual Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    protected sealed override async Task OpenAsync(CancellationToken ct)
    {
        View = await ReadAsync(ct);
        await LoadAsync(ct);
    }
}
