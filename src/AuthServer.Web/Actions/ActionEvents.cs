using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Connections;
using AuthServer.Core.Model;
using AuthServer.Core.Roles;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Actions;

/// <summary>The event of each trigger, in Auth0's shape.</summary>
internal sealed class ActionEvents(
    Tenant tenant,
    ActionRequest request,
    IIdentityStore identities,
    IPermissionStore permissions,
    IConnectionStore connections)
{
    /// <param name="login">The login.</param>
    /// <param name="before">Commands of Actions before the user was sent away.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<JsonObject> OfLoginAsync(PostLogin login, JsonElement? before, CancellationToken ct)
    {
        var (client, subject, _, _) = login.Tokens;
        var user = subject.User;
        var connection = await ConnectionAsync(login.Session?.Connection ?? user.Connection, ct);
        var roles = await permissions.RoleNamesAsync(user.UserId, subject.Organization?.Id, ct);
        var json = new JsonObject
        {
            ["authentication"] = EventObjects.Of(connection, login.Tokens.Authorization.AuthenticatedAt),
            ["authorization"] = new JsonObject { ["roles"] = JsonText.ArrayOf(roles) },
            ["client"] = EventObjects.Of(client),
            ["connection"] = EventObjects.Of(connection, user.Connection),
            ["request"] = login.Continuation is null
                ? request.Describe(login.Parameters)
                : request.DescribeReturn(),
            ["stats"] = new JsonObject { ["logins_count"] = user.LoginsCount },
            ["tenant"] = TenantId(),
            ["transaction"] = TransactionOf(login, before),
            ["user"] = EventObjects.Of(user, await identities.OfAsync(user.UserId, ct)),
        };
        if (subject.Organization is { } organization)
            json["organization"] = EventObjects.Of(organization);
        if (subject.Api is { } api)
            json["resource_server"] = new JsonObject { ["identifier"] = tenant.Issuer.Absolute(api.Identifier) };
        if (login.Session is { } session)
            json["session"] = EventObjects.Of(session);
        if (login.RefreshToken is { } token)
            json["refresh_token"] = EventObjects.Of(token, login.Tokens, tenant.Issuer);
        return json;
    }

    public JsonObject OfExchange(CredentialsExchange exchange)
    {
        var (client, api, scopes, organization, _) = exchange.Token;
        var json = new JsonObject
        {
            ["accessToken"] = new JsonObject
            {
                ["scope"] = JsonText.ArrayOf(scopes),
                ["customClaims"] = new JsonObject(),
            },
            ["client"] = EventObjects.Of(client),
            ["request"] = request.Describe(exchange.Parameters),
            ["resource_server"] = new JsonObject { ["identifier"] = tenant.Issuer.Absolute(api.Identifier) },
            ["tenant"] = TenantId(),
            ["transaction"] = new JsonObject
            {
                ["requested_scopes"] = EventObjects.Words(exchange.Parameters["scope"]),
            },
        };
        if (organization is not null)
            json["organization"] = EventObjects.Of(organization);
        return json;
    }

    public JsonObject OfRegistration(Registration registration)
    {
        var user = EventObjects.Of(registration.User, identities: null);
        foreach (var unknown in (string[])["user_id", "created_at", "updated_at"])
            user.Remove(unknown);
        var json = new JsonObject
        {
            ["connection"] = EventObjects.Of(registration.Connection, registration.Connection.Name),
            ["request"] = request.DescribeForm(),
            ["tenant"] = TenantId(),
            ["user"] = user,
        };
        if (registration.ClientId is { } clientId)
            json["client"] = new JsonObject { ["client_id"] = clientId };
        return json;
    }

    public JsonObject OfRegistered(Registration registration) => new()
    {
        ["connection"] = EventObjects.Of(registration.Connection, registration.Connection.Name),
        ["request"] = request.DescribeForm(),
        ["tenant"] = TenantId(),
        ["user"] = EventObjects.Of(registration.User, identities: null),
    };

    public JsonObject OfPasswordChange(User user, DateTimeOffset now)
    {
        var json = EventObjects.Of(user, identities: null);
        string[] shown = ["user_id", "email", "email_verified", "username", "phone_number", "phone_verified"];
        foreach (var name in json.Select(member => member.Key).Except(shown, StringComparer.Ordinal).ToArray())
            json.Remove(name);
        json["last_password_reset"] = now.Iso();
        return new JsonObject
        {
            ["connection"] = EventObjects.Of(connection: null, user.Connection),
            ["request"] = request.DescribeForm(),
            ["tenant"] = TenantId(),
            ["user"] = json,
        };
    }

    private static JsonObject TransactionOf(PostLogin login, JsonElement? before)
    {
        var parameters = login.Parameters;
        var json = new JsonObject
        {
            ["protocol"] = login.Protocol,
            ["requested_scopes"] = EventObjects.Words(parameters["scope"] ?? login.Tokens.Scopes.ToString()),
            ["acr_values"] = EventObjects.Words(parameters["acr_values"]),
            ["prompt"] = EventObjects.Words(parameters["prompt"]),
            ["response_type"] = EventObjects.Words(parameters["response_type"]),
            ["ui_locales"] = EventObjects.Words(parameters["ui_locales"]),
            ["metadata"] = MetadataOf(before),
        };
        foreach (var name in (string[])["redirect_uri", "response_mode", "state", "login_hint"])
        {
            if (parameters[name] is { } value)
                json[name] = value;
        }

        return json;
    }

    /// <summary>The metadata that <c>api.transaction.setMetadata</c> has set.</summary>
    private static JsonObject MetadataOf(JsonElement? before)
    {
        var json = new JsonObject();
        var commands = before?.EnumerateArray().Where(command => command[0].GetString() == "transaction.setMetadata");
        foreach (var command in commands ?? [])
        {
            if (command[2].ValueKind == JsonValueKind.Null)
                json.Remove(command[1].GetString()!);
            else
                json[command[1].GetString()!] = JsonNode.Parse(command[2].GetRawText());
        }

        return json;
    }

    private JsonObject TenantId() => new() { ["id"] = tenant.Issuer.Host };

    private async Task<Connection?> ConnectionAsync(string name, CancellationToken ct) =>
        (await connections.AllAsync(ct)).FirstOrDefault(connection => connection.Name == name);
}
