using System.Text.Json.Nodes;
using AuthServer.Core.Tenants;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Federation;
using AuthServer.Web.Management;
using AuthServer.Web.Management.Connections;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>
/// What a user database asks of its users, or how this server asks a provider. The update replaces the options as a
/// whole, so that it takes those that the form does not show from the store.
/// </summary>
[RequiresScope("read:connections")]
internal sealed class SettingsModel(DashboardServices services, ConnectionService connections, Tenant tenant)
    : FormPage(services)
{
    private JsonObject stored = [];

    [FromRoute]
    public string Id { get; set; } = "";

    public ConnectionView Connection { get; private set; } = null!;

    public string RedirectUri => tenant.Issuer.At(ExternalLoginChallenge.CallbackPath);

    /// <summary>Where the provider is: this does not change.</summary>
    public IEnumerable<(FormField Field, string Value)> Homes => ConnectionForms.Homes
        .Select(home => (Field: home, Value: (string?)MemberPath.Find(stored, home.Member)))
        .Where(home => home.Value is not null)
        .Select(home => (home.Field, home.Value!));

    public bool NeedsSignInForSecret => !Connection.IsDatabase && May(Operation) && !HasSignedInRecently;

    protected override string Resource => "Connection";

    protected override string Operation => "PATCH /api/v2/connections/{id}";

    protected override string[] ResourceIds => [Id];

    /// <summary>The secret is changed after a recent login.</summary>
    protected override IReadOnlyList<FormSection> Sections =>
    [
        .. ConnectionForms.SettingsOf(Connection.Strategy).Select(section => section with
        {
            Fields = [.. section.Fields.Where(one => !one.IsSecret || HasFieldOf(one))],
        }),
    ];

    protected override async Task<JsonObject> ReadAsync(CancellationToken ct)
    {
        stored = await connections.GetAsync(Id, Fields.All, ct);
        Connection = new ConnectionView(stored, Principal);
        return EffectiveOptions.Fill(stored);
    }

    protected override Task UpdateAsync(JsonBody body, CancellationToken ct) =>
        connections.UpdateAsync(Id, body, ct);

    protected override bool IsCurrent(JsonObject resource) =>
        base.IsCurrent(EffectiveOptions.Fill(resource)) && JsonNode.DeepEquals(resource["options"], stored["options"]);

    protected override JsonObject BodyOf(JsonObject changes)
    {
        var merged = new JsonObject { ["options"] = stored["options"]!.DeepClone() };
        foreach (var field in Sections.SelectMany(section => section.Fields))
        {
            if (!MemberPath.TryFind(changes, field.Member, out var value))
                continue;
            if (field.IsSecret && !HasSignedInRecently)
                throw ManagementError.Forbidden("A secret is changed after a login of the last hour").AsException();
            MemberPath.Set(merged, field.Member, value?.DeepClone());
        }

        return merged;
    }

    /// <summary>A secret that was typed before the login became too old is not lost silently.</summary>
    private bool HasFieldOf(FormField secret) => May(Operation)
        && (HasSignedInRecently || (Request.HasFormContentType && Request.Form[secret.Member] is [{ Length: > 0 }]));
}
