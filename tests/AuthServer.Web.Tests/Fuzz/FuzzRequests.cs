using System.Text;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>Makes the requests: a target, a body of a kind, and the credentials with which it is read.</summary>
internal sealed class FuzzRequests
{
    private static readonly string[] Names =
    [
        "grant_type", "client_id", "client_secret", "client_assertion", "client_assertion_type", "code",
        "code_verifier", "redirect_uri", "refresh_token", "scope", "audience", "token", "token_type_hint", "username",
        "password", "realm", "state", "response_type", "response_mode", "nonce", "prompt", "claims", "request",
        "request_uri", "id_token_hint", "post_logout_redirect_uri", "organization", "connection", "email", "action",
        "ticket", "code_challenge", "code_challenge_method", "dpop_jkt", "max_age", "ui_locales", "access_token",
        "user_metadata", "new_password", "redirect_uris", "jwks", "grant_types", "session", "client", "csrf_token",
    ];

    private readonly Dictionary<string, IReadOnlyList<string>> values;
    private readonly string session;
    private readonly string csrf;
    private readonly KeyValuePair<string, string> csrfField;
    private readonly string state;
    private readonly string token;
    private readonly IReadOnlyList<FuzzTarget> targets;
    private readonly KnownMembers members;

    private FuzzRequests(
        TestServer server, string clientId, string session, Browser page, string token, KnownMembers members)
    {
        (this.session, this.token, this.members) = (session, token, members);
        targets = FuzzTarget.AllOf(server);
        csrf = page.Cookies["csrf"];
        csrfField = new("csrf_token", page.Input("csrf_token")!.GetAttribute("value")!);
        state = page.Url.Query;
        values = new(StringComparer.Ordinal)
        {
            ["client_id"] = [clientId, TestServer.ClientId, "nobody"],
            ["client_secret"] = [TestData.Secret, TestServer.ClientSecret, ""],
            ["grant_type"] =
            [
                "authorization_code", "client_credentials", "refresh_token", "password",
                "http://auth0.com/oauth/grant-type/password-realm",
            ],
            ["redirect_uri"] = [TestData.Callback, "https://[", "a"],
            ["response_type"] = ["code", "code id_token", "token"],
            ["scope"] = ["openid", "openid offline_access", "\"", "日本"],
            ["connection"] = ["Username-Password-Authentication", "none"],
            ["realm"] = ["Username-Password-Authentication"],
            ["username"] = [TestServer.AdminEmail, "\ud83d\ude00", "a\0b"],
            ["email"] = ["new@example.com", TestServer.AdminEmail, "@"],
            ["password"] = ["a long enough password", "x"],
            ["action"] = ["cancel", "allow", "deny", "signup", "end", "revoke"],
            ["audience"] = [server.Issuer.At("/api/v2/"), TestData.Api],
            ["prompt"] = ["none", "login", "none login"],
            ["max_age"] = ["0", "-1", "99999999999999999999"],
            ["claims"] = ["{\"id_token\":{\"acr\":null}}", "{", "[]"],
            ["code_challenge"] = [OAuth.Challenge],
            ["code_challenge_method"] = ["S256", "plain"],
        };
    }

    public static async Task<FuzzRequests> PrepareAsync(TestServer server)
    {
        var client = await server.AddClientAsync(c =>
            c.GrantTypes = [.. c.GrantTypes, "client_credentials", "password", "implicit"]);
        await server.AddApiAsync();
        await server.ChangeSettingsAsync(settings => settings.Flags =
            new Dictionary<string, bool> { [TenantFlags.EnableDynamicClientRegistration] = true });
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        var api = ManagementScenario.On(server);
        var resources = FuzzTarget.AllOf(server)
            .Where(target => target.IsManagement)
            .Select(target => target.Resource);
        var known = await KnownMembers.ReadAsync(api, resources);
        var cookie = await server.StartSessionAsync();
        return new FuzzRequests(server, client.ClientId, cookie, browser, await api.TokenAsync(), known);
    }

    /// <summary>Each target and each kind of body comes up in turn, so that all of them do.</summary>
    public (string Name, RawRequest Request) Make(Random chance, int number)
    {
        var target = targets[number % targets.Count];
        var kind = FuzzBodies.All[number / targets.Count % FuzzBodies.All.Length];
        var body = kind.Make(chance, FieldsOf(chance, target));
        var headers = new List<(string, string)> { ("Accept", chance.Next(2) == 0 ? "text/html" : "application/json") };
        if (body.ContentType is { } type)
            headers.Add(("Content-Type", Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(type))));
        if (body.Encoding is { } encoding)
            headers.Add(("Content-Encoding", encoding));
        headers.Add(("Cookie", $"csrf={csrf}" + (chance.Next(2) == 0 ? $"; sid={session}" : "")));
        if (target.IsManagement && chance.Next(10) > 0)
            headers.Add(("Authorization", "Bearer " + token));
        var path = target.Path(name => IdOf(chance, target) ?? ValueOf(chance, name));
        var url = target.IsManagement || chance.Next(3) == 0 ? path : path + state;
        var request = new Unframed(target.Method, IsPage(path) ? url : path, headers, body.Bytes);
        return (kind.Name, FuzzFraming.Frame(chance, request));
    }

    private static bool IsPage(string path) => !path.StartsWith("/oauth/", StringComparison.Ordinal);

    private FuzzFields FieldsOf(Random chance, FuzzTarget target) => new(
        [.. Names.Select(name => new KeyValuePair<string, string>(name, ValueOf(chance, name)))],
        target.IsManagement ? members.Of(target.Resource) : [])
    {
        Always = target.IsManagement ? null : csrfField,
    };

    /// <summary>Existing objects stay, so that later requests find them too.</summary>
    private string? IdOf(Random chance, FuzzTarget target) =>
        target is { IsManagement: true, Method: not "DELETE" } && chance.Next(5) > 0
            ? members.IdOf(target.Resource)
            : null;

    private string ValueOf(Random chance, string name) =>
        values.TryGetValue(name, out var known) && chance.Next(5) > 0
            ? FuzzBodies.Pick(chance, known)
            : FuzzBodies.Pick(chance, ["x", "none", "a b", "%", "[1]", "\u202e"]);
}
