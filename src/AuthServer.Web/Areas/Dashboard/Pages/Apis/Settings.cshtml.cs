using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.ResourceServers;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Apis;

/// <summary>Name, tokens and access of an API. Of this server's own, what acts and is not fixed.</summary>
[RequiresScope("read:resource_servers")]
internal sealed class SettingsModel(DashboardServices services, ResourceServerService apis) : FormPage(services)
{
    private const string Proof = "proof_of_possession";

    private static readonly FormSection ProofSection = new(
        "Proof",
        FormField.Switch(Proof + ".required"),
        FormField.Choice(Proof + ".required_for", "all_clients", "public_clients"));

    private static readonly FormSection[] FormSections =
    [
        new("Identity", FormField.Text("name")),
        new(
            "Tokens",
            FormField.Number("token_lifetime"),
            FormField.Number("token_lifetime_for_web"),
            FormField.Choice("signing_alg", [.. Algorithms.Signing]),
            FormField.Choice(
                "token_dialect",
                TokenDialects.AccessToken,
                TokenDialects.AccessTokenAuthz,
                TokenDialects.Rfc9068,
                TokenDialects.Rfc9068Authz)),
        new(
            "Access",
            FormField.Switch("enforce_policies"),
            FormField.Switch("allow_offline_access"),
            FormField.Switch("skip_consent_for_verifiable_first_party_clients")),
        ProofSection,
    ];

    private static readonly FormSection[] SystemSections =
        [new("Tokens", FormField.Number("token_lifetime")), ProofSection];

    [FromRoute]
    public string Id { get; set; } = "";

    public ApiView Api { get; private set; } = null!;

    protected override string Resource => "Api";

    protected override string Operation => "PATCH /api/v2/resource-servers/{id}";

    protected override string[] ResourceIds => [Id];

    protected override IReadOnlyList<FormSection> Sections => Api.IsSystem ? SystemSections : FormSections;

    protected override async Task<JsonObject> ReadAsync(CancellationToken ct)
    {
        var api = await apis.GetAsync(Id, ct);
        Api = new ApiView(api, Principal);
        return api;
    }

    protected override Task UpdateAsync(JsonBody body, CancellationToken ct) => apis.UpdateAsync(Id, body, ct);

    /// <summary>Without the object no proof is required.</summary>
    protected override JsonObject AsShown(JsonObject resource)
    {
        resource[Proof] ??= new JsonObject { ["required"] = false, ["required_for"] = "all_clients" };
        return resource;
    }

    /// <summary>An update replaces the object as a whole.</summary>
    protected override JsonObject BodyOf(JsonObject changes)
    {
        if (changes[Proof] is JsonObject proof)
        {
            proof["mechanism"] = "dpop";
            foreach (var (name, value) in Api.Json[Proof]!.AsObject())
                proof.TryAdd(name, value?.DeepClone());
        }

        return changes;
    }
}
