using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Federation;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>Creates a connection: first its kind is chosen, then the form of that kind is filled in.</summary>
[RequiresScope("create:connections")]
internal sealed class NewModel(DashboardServices services, ConnectionService connections, Tenant tenant)
    : DashboardPage(services)
{
    [FromQuery]
    public string? Strategy { get; set; }

    /// <summary>Null while the kind is not chosen.</summary>
    public ResourceForm? Form { get; private set; }

    /// <summary>Null for a database.</summary>
    public string? RedirectUri => Strategy is null or Connection.DatabaseStrategy
        ? null
        : tenant.Issuer.At(ExternalLoginChallenge.CallbackPath);

    public void OnGet() => Open();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Open();
        if (Form is null)
            return Page();
        var members = Form.Take(Request.Form);
        members["strategy"] = Strategy;
        JsonObject created = [];
        if (!Form.HasErrors)
        {
            Error = await PerformAsync(
                "POST /api/v2/connections",
                async () => created = await connections.CreateAsync(JsonBody.Of(members), ct));
            if (Error is null)
                return To(PathAfter(new ConnectionView(created, Principal)));
            Form.Refuse(Error);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>No application uses it yet.</summary>
    private string PathAfter(ConnectionView created) => May("GET /api/v2/clients")
        ? created.Path + "/applications?done=created"
        : created.Path + "?done=created";

    private void Open() => Form = ConnectionStrategies.Has(Strategy)
        ? new ResourceForm("Connection", ConnectionForms.NewOf(Strategy!), [])
        {
            IsNew = true,
            Submit = "Dashboard.Create",
        }
        : null;
}
