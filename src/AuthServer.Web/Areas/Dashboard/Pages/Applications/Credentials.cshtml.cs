using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>
/// How an application authenticates: its method, its secret and its public keys. What shows or changes them takes a
/// recent login; showing the secret is recorded.
/// </summary>
internal sealed class CredentialsModel(
    DashboardServices services, ClientService clients, ClientCredentialService credentials)
    : ApplicationPage(services, clients)
{
    public const string Rotation = "POST /api/v2/clients/{id}/rotate-secret";
    public const string KeyCreation = "POST /api/v2/clients/{clientId}/credentials";
    public const string KeyDeletion = "DELETE /api/v2/clients/{clientId}/credentials/{id}";

    /// <summary>Stands where a secret is not shown.</summary>
    public const string Hidden = "••••••••••••••••••••••••••••••••";

    private const string Update = "PATCH /api/v2/clients/{id}";
    private const string Read = "GET /api/v2/clients/{id}";

    /// <summary>Only in the answer to a request to show or rotate it.</summary>
    public string? Secret { get; private set; }

    /// <summary>Null when the user may not see them.</summary>
    public IReadOnlyList<JsonObject>? Keys { get; private set; }

    public static IReadOnlyList<string> Methods { get; } =
    [
        TokenEndpointAuthMethods.ClientSecretPost, TokenEndpointAuthMethods.ClientSecretBasic,
        TokenEndpointAuthMethods.PrivateKeyJwt, TokenEndpointAuthMethods.None,
    ];

    public static IReadOnlyList<string> KeyAlgorithms => [.. Algorithms.Verified];

    protected override bool NeedsRecentLogin => true;

    public bool MayChange => MayAct && May(Update) && !Application.IsSystem;

    public string Typed(string name) => Request.HasFormContentType ? Request.Posted(name) : "";

    public async Task<IActionResult> OnPostShowAsync(CancellationToken ct)
    {
        if (!Principal.Has("read:client_keys"))
            return await ForbiddenAsync(Rotation, Id);
        if (!MayAct)
            return To(Request.Path);
        await OpenAsync(ct);
        await RecordAsync(Read, StatusCodes.Status200OK, Id);
        Secret = (string?)(await Clients.GetAsync(Id, Fields.All, Principal, ct))["client_secret"];
        return Page();
    }

    public Task<IActionResult> OnPostRotateAsync(CancellationToken ct) => ActAsync(
        Rotation,
        async () => Secret = (string?)(await Clients.RotateSecretAsync(Id, Principal, ct))["client_secret"],
        done: null,
        ct);

    public Task<IActionResult> OnPostMethodAsync(CancellationToken ct) => ActAsync(
        Update, () => Clients.UpdateAsync(Id, BodyOf("token_endpoint_auth_method"), Principal, ct), "saved", ct);

    public Task<IActionResult> OnPostAddKeyAsync(CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["credential_type"] = "public_key",
            ["name"] = Request.Posted("name") is { Length: > 0 } name ? name : null,
            ["pem"] = Request.Posted("pem").ReplaceLineEndings("\n"),
            ["alg"] = Request.Posted("alg"),
        };
        return ActAsync(
            KeyCreation, () => credentials.CreateAsync(Id, JsonBody.Of(body), Principal, ct), "saved", ct);
    }

    public Task<IActionResult> OnPostDeleteKeyAsync(CancellationToken ct)
    {
        var key = Request.Posted("key");
        return ActAsync(KeyDeletion, () => credentials.DeleteAsync(Id, key, Principal, ct), "saved", ct, Id, key);
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (May("GET /api/v2/clients/{clientId}/credentials"))
            Keys = [.. (await credentials.ListAsync(Id, ct)).Select(key => key!.AsObject())];
    }

    private JsonBody BodyOf(string member) => JsonBody.Of(new JsonObject { [member] = Request.Posted(member) });
}
