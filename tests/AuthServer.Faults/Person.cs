using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Faults;

/// <summary>User signed in at one application, whose refresh tokens rotate.</summary>
public sealed class Person : IDisposable
{
    public const string Callback = "https://app.example.com/callback";
    private readonly HttpClient http;
    private readonly string clientId;
    private readonly string secret;
    private readonly string cookies;

    private Person(HttpClient http, (string Id, string? Secret) client, Browser browser) =>
        (this.http, clientId, secret, cookies) = (
            http,
            client.Id,
            client.Secret!,
            string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));

    public static async Task<Person> SignInAsync(Deployment deployment, int leeway = 60)
    {
        using var administrator = await Administrator.SignInAsync(deployment);
        var client = await administrator.ClientAsync(new
        {
            name = "Application",
            app_type = "regular_web",
            callbacks = new[] { Callback },
            grant_types = new[] { "authorization_code", "refresh_token" },
            refresh_token = new { rotation_type = "rotating", expiration_type = "expiring", leeway },
        });
        return await SignInAsync(deployment, client, TestServer.AdminEmail, TestServer.AdminPassword);
    }

    public static async Task<Person> SignInAsync(
        Deployment deployment,
        (string Id, string? Secret) client,
        string email,
        string password,
        string connection = Connection.DefaultDatabase)
    {
        using var browser = new Browser(deployment.Address);
        await browser.OpenAsync(Request(client.Id, ("connection", connection)));
        await browser.SignInAsync(email, password);
        return new Person(deployment.NewHttp(TimeSpan.FromSeconds(30)), client, browser);
    }

    /// <summary>An authorization request of this browser.</summary>
    public HttpRequestMessage Authorization(params (string Name, string? Value)[] more) =>
        Visit(Request(clientId, more));

    public HttpRequestMessage Visit(string path) => new(HttpMethod.Get, path) { Headers = { { "Cookie", cookies } } };

    /// <summary>A browser that is signed in, too.</summary>
    public Browser NewBrowser(Uri address)
    {
        var browser = new Browser(address);
        foreach (var cookie in cookies.Split("; "))
            browser.SetCookie(cookie.Split('=', 2)[0], cookie.Split('=', 2)[1]);
        return browser;
    }

    public async Task<string> CodeAsync() =>
        CodeOf(await http.AskAsync(Authorization())) ?? throw new InvalidOperationException("No code.");

    public static string? CodeOf(Reply reply) =>
        reply.Location is { IsAbsoluteUri: true } location
        && QueryHelpers.ParseQuery(location.Query).TryGetValue("code", out var code)
            ? code.ToString()
            : null;

    public HttpRequestMessage Redemption(string code) =>
        Form(
            "/oauth/token", ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback),
            ("code_verifier", OAuth.Verifier));

    public HttpRequestMessage Refresh(string refreshToken) =>
        Form("/oauth/token", ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public HttpRequestMessage Form(string path, params (string Name, string Value)[] parameters) =>
        new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([
                .. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)),
                new("client_id", clientId),
                new("client_secret", secret),
            ]),
        };

    public Task<Reply> SendAsync(HttpRequestMessage request) => http.AskAsync(request);

    public Task<Reply> RedeemAsync(string code) => SendAsync(Redemption(code));

    public Task<Reply> RefreshAsync(string refreshToken) => SendAsync(Refresh(refreshToken));

    public Task<Reply> RevokeAsync(string refreshToken) => SendAsync(Form("/oauth/revoke", ("token", refreshToken)));

    /// <summary>A code and its refresh token.</summary>
    public async Task<string> NewFamilyAsync() =>
        (await RedeemAsync(await CodeAsync())).RefreshToken ?? throw new InvalidOperationException("No refresh token.");

    /// <summary>Identity of this user in an authorization request.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters(params (string Name, string? Value)[] more) =>
        QueryHelpers
            .ParseQuery(Request(clientId, more).Split('?')[1])
            .Select(p => (p.Key, (string?)p.Value.ToString()));

    public void Dispose() => http.Dispose();

    private static string Request(string clientId, params (string Name, string? Value)[] more)
    {
        var request = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = clientId,
            ["response_type"] = "code",
            ["redirect_uri"] = Callback,
            ["scope"] = "openid offline_access",
            ["code_challenge"] = OAuth.Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in more)
            request[name] = value;
        return QueryHelpers.AddQueryString("/authorize", request.Where(p => p.Value is not null));
    }
}
