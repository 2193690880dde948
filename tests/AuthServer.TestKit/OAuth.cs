using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthServer.Core.Model;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.TestKit;

/// <summary>Response: the status, the JSON, and the header that matters.</summary>
public sealed record Answer(HttpStatusCode Status, JsonElement Json, HttpResponseHeaders Headers)
{
    public string? this[string member] =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(member, out var value) ? value.ToString() : null;

    public string? Error => this["error"];
}

/// <summary>Client of the protocol, one call a line.</summary>
public sealed class OAuth(TestServer server)
{
    public const string Verifier = "verifier-verifier-verifier-verifier-verifier-43";

    private readonly HttpClient http = server.NewHttp();

    public static string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>The usual authorization request of a client; more parameters replace these, a null drops one.</summary>
    public static Dictionary<string, string?> RequestOf(Client client, params (string Name, string? Value)[] more)
    {
        var request = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = client.ClientId,
            ["response_type"] = "code",
            ["redirect_uri"] = client.Callbacks.FirstOrDefault(),
            ["scope"] = "openid",
            ["state"] = "xyzABC123",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in more)
            request[name] = value;
        return request.Where(entry => entry.Value is not null).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>GET /authorize, with the session cookie of a signed-in browser or without.</summary>
    public async Task<HttpResponseMessage> AuthorizeAsync(Dictionary<string, string?> request, string? cookie = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, QueryHelpers.AddQueryString("/authorize", request));
        if (cookie is not null)
            message.Headers.Add("Cookie", "sid=" + cookie);
        return await http.SendAsync(message);
    }

    /// <summary>The parameters of the answer that went to the client's redirect URI.</summary>
    public static Dictionary<string, string> Redirected(HttpResponseMessage answer)
    {
        var location =
            answer.Headers.Location
            ?? throw new InvalidOperationException($"No redirect but {(int)answer.StatusCode}.");
        var text = location.OriginalString;
        var parameters = text[(text.IndexOfAny(['?', '#']) + 1)..];
        return QueryHelpers
            .ParseQuery(parameters)
            .ToDictionary(entry => entry.Key, entry => entry.Value.ToString(), StringComparer.Ordinal);
    }

    /// <summary>A fresh code for the administrator.</summary>
    public async Task<string> CodeAsync(Client client, params (string Name, string? Value)[] more)
    {
        using var answer = await AuthorizeAsync(RequestOf(client, more), await server.StartSessionAsync());
        var redirected = Redirected(answer);
        return redirected.TryGetValue("code", out var code)
            ? code
            : throw new InvalidOperationException($"No code at {answer.Headers.Location}");
    }

    /// <summary>POST /oauth/token as this client, the secret in the body when it has one.</summary>
    public Task<Answer> TokenAsync(Client client, params (string Name, string? Value)[] parameters) =>
        PostAsync(
            "/oauth/token",
            [
                ("client_id", client.ClientId),
                ("client_secret", client.IsPublic ? null : TestData.Secret),
                .. parameters,
            ]);

    public Task<Answer> RedeemAsync(Client client, string code, params (string Name, string? Value)[] more) =>
        TokenAsync(
            client,
            [
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", client.Callbacks[0]),
                ("code_verifier", Verifier),
                .. more,
            ]);

    public Task<Answer> RefreshAsync(Client client, string? refreshToken, params (string Name, string? Value)[] more) =>
        TokenAsync(client, [("grant_type", "refresh_token"), ("refresh_token", refreshToken), .. more]);

    /// <summary>Code and exchange in one.</summary>
    public async Task<Answer> GetTokensAsync(Client client, string scope, string? audience = null) =>
        await RedeemAsync(client, await CodeAsync(client, ("scope", scope), ("audience", audience)));

    public async Task<Answer> UserInfoAsync(string? accessToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "/userinfo");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await SendAsync(message);
    }

    /// <summary>A form; later parameters replace earlier ones, a null drops one.</summary>
    public Task<Answer> PostAsync(string path, params (string Name, string? Value)[] parameters)
    {
        var form = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
            form[name] = value;
        return SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(
                    form.Where(entry => entry.Value is not null)
                        .ToDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.Ordinal)),
            });
    }

    public async Task<Answer> SendAsync(HttpRequestMessage message)
    {
        using var response = await http.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        var json = text.StartsWith('{') || text.StartsWith('[') ? JsonDocument.Parse(text).RootElement : default;
        return new Answer(response.StatusCode, json, response.Headers);
    }

    /// <summary>The claims of a JWT, unverified.</summary>
    public static JsonElement ClaimsOf(string? jwt) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(jwt!.Split('.')[1])).RootElement;

    public static JsonElement HeaderOf(string? jwt) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(jwt!.Split('.')[0])).RootElement;
}
