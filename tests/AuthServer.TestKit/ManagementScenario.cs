using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;
using AuthServer.Web.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>Calls of the Management API, with tokens that the scenario signs by the server's own key.</summary>
public sealed class ManagementScenario : IAsyncDisposable
{
    private readonly HttpClient http;

    public ManagementScenario()
        : this(new TestServer())
    {
    }

    private ManagementScenario(TestServer server)
    {
        Server = server;
        http = Server.NewHttp();
    }

    public TestServer Server { get; }

    /// <summary>Space separated; null for every scope there is.</summary>
    public string? Scopes { get; set; }

    /// <summary>The client that calls.</summary>
    public string Caller { get; set; } = TestServer.ClientId;

    /// <summary>A scenario with more configuration.</summary>
    public static ManagementScenario With(IReadOnlyDictionary<string, string?> settings) =>
        new(new TestServer(settings: settings));

    /// <summary>A scenario with other services.</summary>
    public static ManagementScenario With(Action<IServiceCollection> services) =>
        new(new TestServer(services: services));

    /// <summary>Calls of a server that a test has already.</summary>
    public static ManagementScenario On(TestServer server) => new(server);

    public Task<ManagementAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ManagementAnswer> PostAsync(string path, string json = "{}") => SendAsync(HttpMethod.Post, path, json);

    public Task<ManagementAnswer> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    public Task<ManagementAnswer> PutAsync(string path, string json = "{}") => SendAsync(HttpMethod.Put, path, json);

    public Task<ManagementAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>The same caller with only these scopes.</summary>
    public async Task<ManagementAnswer> WithScopesAsync(
        string scopes, Func<ManagementScenario, Task<ManagementAnswer>> call)
    {
        var before = Scopes;
        Scopes = scopes;
        try
        {
            return await call(this);
        }
        finally
        {
            Scopes = before;
        }
    }

    public async Task<ManagementAnswer> SendAsync(
        HttpMethod method,
        string path,
        string? json = null,
        string? token = null,
        string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri("api/v2/" + path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await TokenAsync());
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, contentType);
        return await SendAsync(request);
    }

    public async Task<ManagementAnswer> SendAsync(HttpRequestMessage request)
    {
        // The server closes a connection whose body it refuses: the body is sent only when the server expects it.
        request.Headers.ExpectContinue = request.Content?.Headers.ContentLength > 64 * 1024;
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new ManagementAnswer(
            (int)response.StatusCode,
            text.Length == 0 ? null : JsonNode.Parse(text),
            response.Headers.CacheControl?.NoStore == true);
    }

    /// <summary>A token for this caller, or one that <paramref name="change"/> made different.</summary>
    public async Task<string> TokenAsync(Action<TokenParts>? change = null)
    {
        var tenant = await Server.Services.GetRequiredService<TenantCache>().ReadAsync();
        var now = Server.Time.GetUtcNow().ToUnixTimeSeconds();
        var parts = new TokenParts
        {
            Issuer = Server.Issuer.Value,
            Subject = Caller + "@clients",
            Audience = Server.Issuer.Absolute(Issuer.ManagementApi),
            Scope = Scopes ?? string.Join(' ', ManagementScopes.All),
            ExpiresAt = now + 3600,
        };
        change?.Invoke(parts);
        return JwtWriter.Sign(tenant.Keys.Current(Algorithms.Rs256), parts.Type, json =>
        {
            json.WriteString("iss", parts.Issuer);
            json.WriteString("sub", parts.Subject);
            json.WriteString("aud", parts.Audience);
            json.WriteNumber("iat", now);
            json.WriteNumber("exp", parts.ExpiresAt);
            json.WriteString("scope", parts.Scope);
            json.WriteString("gty", "client-credentials");
            json.WriteString("azp", Caller);
        });
    }

    /// <returns>The id of a new client.</returns>
    public async Task<string> NewClientAsync(string members = "") =>
        (await PostAsync("clients", $$"""{"name":"Some app"{{(members.Length > 0 ? "," + members : "")}}}""")).Text(
            "client_id");

    /// <returns>The id of a new user.</returns>
    public async Task<string> NewUserAsync(string email, string members = "") =>
        (
            await PostAsync(
                "users",
                $$"""
                {"connection":"Username-Password-Authentication","email":"{{email}}",
                "password":"a long enough one"{{(members.Length > 0 ? "," + members : "")}}}
                """
            )
        ).Text("user_id");

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
    }
}

public sealed class TokenParts
{
    public string Type { get; set; } = "JWT";
    public required string Issuer { get; set; }
    public required string Subject { get; set; }
    public required string Audience { get; set; }
    public required string Scope { get; set; }
    public required long ExpiresAt { get; set; }
}

/// <summary>Response of the request.</summary>
public sealed record ManagementAnswer(int Status, JsonNode? Json, bool NoStore)
{
    public JsonNode? this[string member] => Json?[member];

    public string Text(string member) =>
        Json?[member]?.GetValue<string>()
        ?? throw new InvalidOperationException($"No {member} in {Status} {Json?.ToJsonString()}");

    public JsonArray List => Json!.AsArray();

    public string Message => Text("message");
}
