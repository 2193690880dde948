using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Organizations;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>A page of an organization without a form over its members. Its head shows the organization.</summary>
[RequiresScope("read:organizations", "read:organizations_summary")]
internal abstract class OrganizationPage(DashboardServices services, OrganizationService organizations)
    : OperationPage(services)
{
    [FromRoute]
    public string Id { get; set; } = "";

    public OrganizationView Organization { get; private set; } = null!;

    protected OrganizationService Organizations => organizations;

    protected sealed override string[] ResourceIds => [Id];

    protected sealed override async Task OpenAsync(CancellationToken ct)
    {
        Organization = new OrganizationView(await organizations.GetAsync(Id, ct), Principal);
        await LoadAsync(ct);
    }

    /// <summary>Reads what the page shows beside the organization.</summary>
    protected virtual Task LoadAsync(CancellationToken ct) => Task.CompletedTask;
}
