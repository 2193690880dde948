using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Tenants;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Areas.Dashboard.Pages.Actions;

/// <summary>
/// An event of each trigger as docs/actions.md has it, of a user and an application that do not exist.
/// </summary>
internal static class SampleEvents
{
    private const string Scopes = "openid profile email";
    private const string ClientId = "3f5Yb2kQmZ8sT1vW";
    private const string UserId = "auth0|5f7c8ec7c33c6c004bbafe82";

    /// <param name="triggerId">The trigger.</param>
    /// <param name="issuer">Where the event happens.</param>
    /// <param name="now">When it happens.</param>
    public static JsonObject For(string triggerId, Issuer issuer, DateTimeOffset now)
    {
        var json = new JsonObject { ["tenant"] = new JsonObject { ["id"] = issuer.Host } };
        if (triggerId == ActionTriggers.PostLogin.Id)
            AddLogin(json, issuer, now);
        else if (triggerId == ActionTriggers.CredentialsExchange.Id)
            AddExchange(json, issuer);
        else if (triggerId == ActionTriggers.PreUserRegistration.Id)
            AddRegistration(json, issuer, now);
        else
            AddUser(json, issuer, now);
        return json;
    }

    private static void AddLogin(JsonObject json, Issuer issuer, DateTimeOffset now)
    {
        json["authentication"] = new JsonObject
        {
            ["methods"] = new JsonArray(new JsonObject { ["name"] = "pwd", ["timestamp"] = now.Iso() }),
        };
        json["authorization"] = new JsonObject { ["roles"] = new JsonArray("Editor") };
        json["client"] = Client();
        json["connection"] = Connection();
        json["request"] = Request(issuer, "GET", query: new JsonObject
        {
            ["client_id"] = ClientId,
            ["redirect_uri"] = "https://app.example.com/callback",
            ["response_type"] = "code",
            ["scope"] = Scopes,
        });
        json["session"] = new JsonObject
        {
            ["id"] = "session",
            ["user_id"] = UserId,
            ["created_at"] = now.Iso(),
            ["updated_at"] = now.Iso(),
            ["authenticated_at"] = now.Iso(),
            ["clients"] = new JsonArray(new JsonObject { ["client_id"] = ClientId }),
        };
        json["stats"] = new JsonObject { ["logins_count"] = 3 };
        json["transaction"] = new JsonObject
        {
            ["id"] = "0199d3b4-7e1a-7c52-9d0e-4f6a8b2c1d3e",
            ["protocol"] = "oidc-basic-profile",
            ["locale"] = "en",
            ["requested_scopes"] = JsonText.ArrayOf(Scopes.Split(' ')),
            ["acr_values"] = new JsonArray(),
            ["prompt"] = new JsonArray(),
            ["ui_locales"] = new JsonArray(),
            ["redirect_uri"] = "https://app.example.com/callback",
            ["metadata"] = new JsonObject(),
        };
        json["user"] = User(now);
    }

    private static void AddExchange(JsonObject json, Issuer issuer)
    {
        json["accessToken"] = new JsonObject
        {
            ["scope"] = new JsonArray("read:orders"),
            ["customClaims"] = new JsonObject(),
        };
        json["client"] = Client();
        json["request"] = Request(issuer, "POST", body: new JsonObject
        {
            ["grant_type"] = "client_credentials",
            ["audience"] = "https://orders.example.com",
        });
        json["resource_server"] = new JsonObject { ["identifier"] = "https://orders.example.com" };
        json["transaction"] = new JsonObject { ["requested_scopes"] = new JsonArray() };
    }

    /// <summary>The user is not stored yet.</summary>
    private static void AddRegistration(JsonObject json, Issuer issuer, DateTimeOffset now)
    {
        AddUser(json, issuer, now);
        json["client"] = Client();
        foreach (var unknown in (string[])["user_id", "created_at", "updated_at", "identities"])
            json["user"]!.AsObject().Remove(unknown);
    }

    private static void AddUser(JsonObject json, Issuer issuer, DateTimeOffset now)
    {
        json["connection"] = Connection();
        json["request"] = Request(issuer, "POST");
        json["user"] = User(now);
    }

    private static JsonObject Client() => new()
    {
        ["client_id"] = ClientId,
        ["name"] = "Field Notes",
        ["metadata"] = new JsonObject(),
    };

    private static JsonObject Connection() => new()
    {
        ["id"] = "con_Kp3vXq9LmZ2sT7bN",
        ["name"] = "Username-Password-Authentication",
        ["strategy"] = "auth0",
        ["metadata"] = new JsonObject(),
    };

    private static JsonObject Request(
        Issuer issuer, string method, JsonObject? query = null, JsonObject? body = null) => new()
        {
            ["hostname"] = issuer.Host,
            ["ip"] = "203.0.113.7",
            ["method"] = method,
            ["user_agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            ["language"] = "en",
            ["geoip"] = new JsonObject(),
            ["query"] = query ?? [],
            ["body"] = body ?? [],
        };

    private static JsonObject User(DateTimeOffset now) => new()
    {
        ["user_id"] = UserId,
        ["email"] = "grace.hopper@example.com",
        ["email_verified"] = true,
        ["name"] = "Grace Hopper",
        ["nickname"] = "grace.hopper",
        ["created_at"] = now.AddDays(-30).Iso(),
        ["updated_at"] = now.Iso(),
        ["app_metadata"] = new JsonObject { ["plan"] = "team" },
        ["user_metadata"] = new JsonObject(),
        ["identities"] = new JsonArray(new JsonObject
        {
            ["connection"] = "Username-Password-Authentication",
            ["provider"] = "auth0",
            ["user_id"] = "5f7c8ec7c33c6c004bbafe82",
            ["isSocial"] = false,
        }),
    };
}
