using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>Creates an API.</summary>
[RequiresScope("create:resource_servers")]
internal sealed class NewModel(DashboardServices services, ResourceServerService apis) : NewPage(services)
{
    public const string Creation = "POST /api/v2/resource-servers";

    private static readonly IReadOnlyList<FormSection> FormSections =
    [
        new("Identity", FormField.Text("name"), FormField.Code("identifier")),
        new("Signature", FormField.Choice("signing_alg", [.. Algorithms.Signing])),
    ];

    protected override string Resource => "Api";

    protected override string Operation => Creation;

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    protected override async Task<IActionResult> CreateAsync(JsonBody body, CancellationToken ct)
    {
        var created = await apis.CreateAsync(body, ct);
        return To($"/dashboard/apis/{created["id"]}/permissions?done=created");
    }
}
