using System.Text.Json.Nodes;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>
/// How an application authenticates: its method, its secret and its public keys. What shows or changes them takes a
/// recent login; showing the secret is recorded.
/// </summary>
[RequiresScope("read:clients")]
internal sealed class CredentialsModel(
    DashboardServices services, ClientService clients, ClientCredentialService credentials)
    : DashboardPage(services)
{
    public const string Rotation = "POST /api/v2/clients/{id}/rotate-secret";
    public const string KeyCreation = "POST /api/v2/clients/{clientId}/credentials";
    public const string KeyDeletion = "DELETE /api/v2/clients/{clientId}/credentials/{id}";

    /// <summary>Stands where a secret is not shown.</summary>
    public const string Hidden = "••••••••••••••••••••••••••••••••";

    private const string Update = "PATCH /api/v2/clients/{id}";
    private const string Read = "GET /api/v2/clients/{id}";

    [FromRoute]
    public string Id { get; set; } = "";

    public ApplicationView Application { get; private set; } = null!;

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

    public bool MayChange => HasSignedInRecently && May(Update) && !Application.IsSystem;

    public string Typed(string name) => Request.HasFormContentType ? Request.Posted(name) : "";

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostShowAsync(CancellationToken ct)
    {
        if (!Principal.Has("read:client_keys"))
            return await ForbiddenAsync(Rotation, Id);
        if (!HasSignedInRecently)
            return To(Request.Path);
        await LoadAsync(ct);
        await RecordAsync(Read, StatusCodes.Status200OK, Id);
        Secret = (string?)(await clients.GetAsync(Id, Fields.All, Principal, ct))["client_secret"];
        return Page();
    }

    public Task<IActionResult> OnPostRotateAsync(CancellationToken ct) => ChangeAsync(
        Rotation,
        async () => Secret = (string?)(await clients.RotateSecretAsync(Id, Principal, ct))["client_secret"],
        ct);

    public Task<IActionResult> OnPostMethodAsync(CancellationToken ct) => ChangeAsync(
        Update,
        () => clients.UpdateAsync(
            Id, BodyOf("token_endpoint_auth_method"), Principal, ct),
        ct);

    public Task<IActionResult> OnPostAddKeyAsync(CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["credential_type"] = "public_key",
            ["name"] = Request.Posted("name") is { Length: > 0 } name ? name : null,
            ["pem"] = Request.Posted("pem").ReplaceLineEndings("\n"),
            ["alg"] = Request.Posted("alg"),
        };
        return ChangeAsync(KeyCreation, () => credentials.CreateAsync(Id, JsonBody.Of(body), Principal, ct), ct);
    }

    public Task<IActionResult> OnPostDeleteKeyAsync(CancellationToken ct) =>
        ChangeAsync(
        KeyDeletion, () =>
            credentials.DeleteAsync(Id, Request.Posted("key"), Principal, ct), ct, Request.Posted("key"));

    private JsonBody BodyOf(string member) => JsonBody.Of(new JsonObject { [member] = Request.Posted(member) });

    private async Task<IActionResult> ChangeAsync(
        string operation, Func<Task> perform, CancellationToken ct, params string[] ids)
    {
        if (!May(operation))
            return await ForbiddenAsync(operation, [Id, .. ids]);
        if (!HasSignedInRecently)
            return To(Request.Path);
        Error = await PerformAsync(operation, perform, [Id, .. ids]);
        if (Error is null && Secret is null)
            return To(Request.Path + "?done=saved");
        await LoadAsync(ct);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Application = new ApplicationView(
            await clients.GetAsync(Id, Fields.All, WithoutSecrets, ct), Principal);
        if (May("GET /api/v2/clients/{clientId}/credentials"))
            Keys = [.. (await credentials.ListAsync(Id, ct)).Select(key => key!.AsObject())];
    }
}
