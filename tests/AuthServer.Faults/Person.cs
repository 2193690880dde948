using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Faults;

/// <summary>What came of a request; nothing when the server died over it.</summary>
public sealed record Outcome(HttpStatusCode? Status, string? RefreshToken)
{
    public bool Acknowledged => Status == HttpStatusCode.OK;

    public bool Unanswered => Status is null;
}

/// <summary>Somebody signed in at one application, whose refresh tokens rotate.</summary>
public sealed class Person : IDisposable
{
    private const string Callback = "https://app.example.com/callback";
    private readonly HttpClient http;
    private readonly Browser browser;
    private readonly string clientId;
    private readonly string secret;

    private Person(Uri address, string clientId, string secret)
    {
        (this.clientId, this.secret) = (clientId, secret);
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        browser = new Browser(address);
    }

    public static async Task<Person> SignInAsync(Deployment deployment)
    {
        using var administrator = await deployment.AdministratorAsync();
        using var created = await administrator.PostAsJsonAsync("/api/v2/clients", new
        {
            name = "Application",
            app_type = "regular_web",
            callbacks = new[] { Callback },
            grant_types = new[] { "authorization_code", "refresh_token" },
            refresh_token = new { rotation_type = "rotating", expiration_type = "expiring", leeway = 60 },
        });
        var client = await created.Content.ReadFromJsonAsync<JsonElement>();
        var (id, secret) = (client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!);
        var connection = (await administrator.GetFromJsonAsync<JsonElement>("/api/v2/connections"))[0].GetProperty("id").GetString();
        using var enabled = await administrator.PatchAsJsonAsync($"/api/v2/connections/{connection}/clients", new[] { new { client_id = id, status = true } });

        var person = new Person(deployment.Address, id, secret);
        await person.browser.OpenAsync(person.Request());
        await person.browser.SignInAsync();
        return person;
    }

    public async Task<string> CodeAsync()
    {
        await browser.OpenAsync(Request());
        return browser.Returned("code") ?? throw new InvalidOperationException($"No code at {browser.LeftTo}");
    }

    public Task<Outcome> RedeemAsync(string code) => TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback), ("code_verifier", OAuth.Verifier));

    public Task<Outcome> RefreshAsync(string refreshToken) => TokenAsync(("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public Task<Outcome> RevokeAsync(string refreshToken) => PostAsync("/oauth/revoke", ("token", refreshToken));

    public void Dispose()
    {
        http.Dispose();
        browser.Dispose();
    }

    private Task<Outcome> TokenAsync(params (string Name, string Value)[] parameters) => PostAsync("/oauth/token", parameters);

    private async Task<Outcome> PostAsync(string path, params (string Name, string Value)[] parameters)
    {
        try
        {
            using var answer = await http.PostAsync(path, new FormUrlEncodedContent(
                [.. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)), new("client_id", clientId), new("client_secret", secret)]));
            var text = await answer.Content.ReadAsStringAsync();
            var token = answer.IsSuccessStatusCode && text.Length > 0 && JsonDocument.Parse(text).RootElement.TryGetProperty("refresh_token", out var found) ? found.GetString() : null;
            return new Outcome(answer.StatusCode, token);
        }
        catch (Exception dead) when (dead is HttpRequestException or IOException)
        {
            return new Outcome(null, null);
        }
    }

    private string Request() => QueryHelpers.AddQueryString("/authorize", new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["client_id"] = clientId,
        ["response_type"] = "code",
        ["redirect_uri"] = Callback,
        ["scope"] = "openid offline_access",
        ["code_challenge"] = OAuth.Challenge,
        ["code_challenge_method"] = "S256",
    });
}
