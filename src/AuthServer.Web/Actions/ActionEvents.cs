using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Connections;
using AuthServer.Core.Model;
using AuthServer.Core.Roles;
using AuthServer.Core.Sessions;
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
    IConnectionStore connections,
    ISessionStore sessions)
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
                ? request.Describe(login.Transaction.Parameters)
                : request.DescribeReturn(),
            ["stats"] = new JsonObject { ["logins_count"] = user.LoginsCount },
            ["tenant"] = TenantId(),
            ["transaction"] = TransactionOf(login.Transaction, login.Tokens.Scopes),
            ["user"] = EventObjects.Of(user, await identities.OfAsync(user.UserId, ct)),
        };
        json["transaction"]!["metadata"] = MetadataOf(before);
        if (subject.Organization is { } organization)
            json["organization"] = EventObjects.Of(organization);
        if (subject.Api is { } api)
            json["resource_server"] = new JsonObject { ["identifier"] = tenant.Issuer.Absolute(api.Identifier) };
        if (login.Session is { } session)
            json["session"] = EventObjects.Of(session, await sessions.ClientIdsAsync(session.Id, ct));
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
        var json = Of(registration, user);
        if (registration.Client is { } client)
            json["client"] = EventObjects.Of(client);
        return json;
    }

    public JsonObject OfRegistered(Registration registration) =>
        Of(registration, EventObjects.Of(registration.User, identities: null));

    public async Task<JsonObject> OfPasswordChangeAsync(User user, DateTimeOffset now, CancellationToken ct)
    {
        var json = EventObjects.Of(user, identities: null);
        string[] shown = ["user_id", "email", "email_verified", "username", "phone_number", "phone_verified"];
        foreach (var name in json.Select(member => member.Key).Except(shown, StringComparer.Ordinal).ToArray())
            json.Remove(name);
        json["last_password_reset"] = now.Iso();
        return new JsonObject
        {
            ["connection"] = EventObjects.Of(await ConnectionAsync(user.Connection, ct), user.Connection),
            ["request"] = request.DescribeForm(),
            ["tenant"] = TenantId(),
            ["user"] = json,
        };
    }

    /// <returns>Null when there is none of that name any more.</returns>
    public async Task<Connection?> ConnectionAsync(string name, CancellationToken ct) =>
        await connections.FindByNameAsync(name, ct);

    private JsonObject Of(Registration registration, JsonObject user)
    {
        var json = new JsonObject
        {
            ["connection"] = EventObjects.Of(registration.Connection, registration.Connection.Name),
            ["request"] = registration.Body is { } body ? request.DescribeBody(body) : request.DescribeForm(),
            ["tenant"] = TenantId(),
            ["user"] = user,
        };
        if (registration.Transaction is { } transaction)
            json["transaction"] = TransactionOf(transaction);
        return json;
    }

    private JsonObject TransactionOf(LoginTransaction transaction, Scopes? granted = null)
    {
        var parameters = transaction.Parameters;
        var json = new JsonObject
        {
            ["protocol"] = transaction.Protocol,
            ["requested_scopes"] = EventObjects.Words(parameters["scope"] ?? granted?.ToString()),
            ["acr_values"] = EventObjects.Words(parameters["acr_values"]),
            ["prompt"] = EventObjects.Words(parameters["prompt"]),
            ["response_type"] = EventObjects.Words(parameters["response_type"]),
            ["ui_locales"] = EventObjects.Words(parameters["ui_locales"]),
        };
        if (transaction.Id is { } id)
            (json["id"], json["locale"]) = (id.ToString(), request.LocaleOf(parameters));
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
}
