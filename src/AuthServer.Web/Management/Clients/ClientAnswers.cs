using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Keys;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Clients;

/// <summary>A client as this caller may see it.</summary>
internal sealed class ClientAnswers(AuthDbContext db, ISecretBox box, Tenant tenant, PrivilegeEscalationGuard guard)
{
    public async Task<IEnumerable<JsonObject>> ManyAsync(
        IReadOnlyList<Client> clients, ManagementPrincipal caller, Fields fields, CancellationToken ct)
    {
        if (!caller.Has("read:client_keys"))
            return clients.Select(client => fields.Pick(Public(client)));

        // A caller that reads a secret can act as that client, so no secret of a client with more rights is shown.
        var beyond = await guard.BeyondAsync(caller, [.. clients.Select(client => client.ClientId)], ct);
        var keys = await SigningKeysAsync(ct);
        return clients.Select(client => fields.Pick(
            beyond.Contains(client.ClientId) ? Public(client) : WithSecret(client, keys.DeepClone())));
    }

    public async Task<JsonObject> OneAsync(
        Client client, ManagementPrincipal caller, Fields fields, CancellationToken ct) =>
        (await ManyAsync([client], caller, fields, ct)).Single();

    /// <summary>For the answer to the caller that has just made the secret.</summary>
    public async Task<JsonObject> WithSecretAsync(Client client, CancellationToken ct) =>
        WithSecret(client, await SigningKeysAsync(ct));

    private JsonObject WithSecret(Client client, JsonNode keys)
    {
        var json = Public(client);
        if (ClientSecrets.Reveal(client, box) is { } secret)
            json["client_secret"] = secret.Reveal();
        json["signing_keys"] = keys;
        return json;
    }

    private JsonObject Public(Client client)
    {
        var json = ClientModel.Wire.Write(client);
        json["tenant"] = new Uri(tenant.Issuer.Value).Host;
        if (client.TokenEndpointAuthMethod == TokenEndpointAuthMethods.PrivateKeyJwt)
        {
            json["client_authentication_methods"] = new JsonObject
            {
                ["private_key_jwt"] = new JsonObject
                {
                    ["credentials"] = new JsonArray([.. client.Credentials
                        .Where(credential => credential.Authenticates)
                        .Select(credential => new JsonObject { ["id"] = credential.Id })]),
                },
            };
        }

        return json;
    }

    private async Task<JsonArray> SigningKeysAsync(CancellationToken ct)
    {
        var current = await db.SigningKeys.AsNoTracking().SingleAsync(
            key => key.Algorithm == Algorithms.Rs256 && key.State == SigningKeyState.Current, ct);
        return [SigningKeyModel.Certificate(current)];
    }
}
