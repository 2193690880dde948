using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Issuance;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Actions;

/// <summary>The objects that the events of several triggers share.</summary>
internal static class EventObjects
{
    public static JsonArray Words(string? text) =>
        JsonText.ArrayOf(text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []);

    public static JsonObject Of(Client client) => new()
    {
        ["client_id"] = client.ClientId,
        ["name"] = client.Name,
        ["metadata"] = MetadataOf(client.Metadata),
    };

    public static JsonObject Of(Organization organization) => new()
    {
        ["id"] = organization.Id,
        ["name"] = organization.Name,
        ["display_name"] = organization.Title,
        ["metadata"] = MetadataOf(organization.Metadata),
    };

    /// <param name="connection">Null when it was deleted.</param>
    /// <param name="name">Its name.</param>
    public static JsonObject Of(Connection? connection, string name)
    {
        var json = new JsonObject { ["name"] = name };
        if (connection is null)
            return json;
        json["id"] = connection.Id;
        json["strategy"] = connection.Strategy;
        json["metadata"] = MetadataOf(connection.Metadata);
        return json;
    }

    /// <summary>How the user proved their identity.</summary>
    public static JsonObject Of(Connection? connection, DateTimeOffset at) => new()
    {
        ["methods"] = new JsonArray(new JsonObject
        {
            ["name"] = connection is { IsDatabase: false } ? "federated" : "pwd",
            ["timestamp"] = at.Iso(),
        }),
    };

    public static JsonObject Of(User user, IReadOnlyList<UserIdentity>? identities)
    {
        var json = new JsonObject
        {
            ["user_id"] = user.UserId,
            ["email_verified"] = user.EmailVerified,
            ["created_at"] = user.CreatedAt.Iso(),
            ["updated_at"] = user.UpdatedAt.Iso(),
            ["app_metadata"] = JsonNode.Parse(user.AppMetadata),
            ["user_metadata"] = JsonNode.Parse(user.UserMetadata),
        };
        (string Name, string? Value)[] texts =
        [
            ("email", user.Email), ("username", user.Username), ("name", user.Name), ("given_name", user.GivenName),
            ("family_name", user.FamilyName), ("nickname", user.Nickname), ("picture", user.Picture),
            ("phone_number", user.PhoneNumber),
        ];
        foreach (var (name, value) in texts.Where(text => text.Value is not null))
            json[name] = value;
        if (user.PhoneNumber is not null)
            json["phone_verified"] = user.PhoneVerified;
        if (user.LastPasswordReset is { } reset)
            json["last_password_reset"] = reset.Iso();
        var known = identities?.OrderByDescending(identity => identity.IsFirst).Select(Of);
        if (known is not null)
            json["identities"] = new JsonArray([.. known]);
        return json;
    }

    /// <param name="session">The session.</param>
    /// <param name="clients">The clients that it was used for.</param>
    public static JsonObject Of(Session session, IEnumerable<string> clients)
    {
        var device = new JsonObject();
        if (session.Ip is not null)
            device["initial_ip"] = session.Ip;
        if (session.UserAgent is not null)
            device["initial_user_agent"] = session.UserAgent;
        return new JsonObject
        {
            ["id"] = session.Id,
            ["user_id"] = session.UserId,
            ["created_at"] = session.AuthenticatedAt.Iso(),
            ["updated_at"] = session.LastSeenAt.Iso(),
            ["authenticated_at"] = session.AuthenticatedAt.Iso(),
            ["last_interacted_at"] = session.LastSeenAt.Iso(),
            ["expires_at"] = session.ExpiresAt.Iso(),
            ["idle_expires_at"] = session.IdleExpiresAt.Iso(),
            ["device"] = device,
            ["clients"] = new JsonArray([.. clients.Select(id => new JsonObject { ["client_id"] = id })]),
        };
    }

    /// <summary>Its id is that of its grant, as in the Management API.</summary>
    public static JsonObject Of(Token refreshToken, UserTokenDescriptor tokens, Issuer issuer)
    {
        var authorization = tokens.Authorization;
        var granted = new JsonObject { ["scopes"] = authorization.GrantedScopes.ToString() };
        if (authorization.Audience is { } audience)
            granted["audience"] = issuer.Absolute(audience);
        var json = new JsonObject
        {
            ["id"] = authorization.Id.ToString(),
            ["client_id"] = authorization.ClientId,
            ["user_id"] = authorization.UserId,
            ["created_at"] = authorization.CreatedAt.Iso(),
            ["idle_expires_at"] = refreshToken.ExpiresAt.Iso(),
            ["rotating"] = tokens.Client.RefreshTokens.Rotating,
            ["resource_servers"] = new JsonArray(granted),
        };
        if (authorization.SessionId.Length > 0)
            json["session_id"] = authorization.SessionId;
        if (authorization.ExpiresAt != DateTimeOffset.MaxValue)
            json["expires_at"] = authorization.ExpiresAt.Iso();
        return json;
    }

    private static JsonObject Of(UserIdentity identity)
    {
        var json = new JsonObject
        {
            ["connection"] = identity.Connection,
            ["provider"] = identity.Provider,
            ["user_id"] = identity.ProviderUserId,
            ["isSocial"] = identity.IsSocial,
        };
        if (!identity.IsFirst && identity.ProfileData is { } profile)
            json["profileData"] = JsonNode.Parse(profile);
        return json;
    }

    private static JsonObject MetadataOf(IReadOnlyDictionary<string, string> metadata) =>
        new(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
