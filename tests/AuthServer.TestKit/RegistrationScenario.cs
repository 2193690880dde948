using System.Net.Http.Headers;
using System.Text;
using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.TestKit;

/// <summary>A server where clients register themselves, as often as they like unless a test says otherwise.</summary>
public sealed class RegistrationScenario : IAsyncDisposable
{
    public RegistrationScenario()
        : this([])
    {
    }

    private RegistrationScenario((string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AuthServer:Registration:PerHour"] = "0" };
        foreach (var (key, value) in settings)
            all[key] = value;
        Server = new TestServer(settings: all);
        OAuth = new OAuth(Server);
        Server
            .ChangeSettingsAsync(tenant =>
                tenant.Flags = new Dictionary<string, bool>(StringComparer.Ordinal)
                {
                    [TenantFlags.EnableDynamicClientRegistration] = true,
                })
            .GetAwaiter()
            .GetResult();
    }

    public static RegistrationScenario With(params (string Key, string Value)[] settings) => new(settings);

    public TestServer Server { get; }

    public OAuth OAuth { get; }

    public Task StrictAsync(bool strict = true) =>
        Server.ChangeSettingsAsync(tenant =>
            tenant.DynamicClientRegistrationSecurityMode = strict
                ? ThirdPartySecurityModes.Strict
                : ThirdPartySecurityModes.Permissive);

    public Task<Answer> RegisterAsync(
        string json, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/oidc/register")
        {
            Content = new StringContent(json, Encoding.UTF8),
        };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return OAuth.SendAsync(message);
    }

    /// <summary>Registers with these members besides a redirect URI; the answer has to be 201.</summary>
    public async Task<Client> ClientAsync(string members = "", string redirectUri = TestData.Callback)
    {
        var answer = await RegisterAsync(
            $$"""{"redirect_uris":["{{redirectUri}}"]{{(members.Length > 0 ? "," + members : "")}}}"""
        );
        return await StoredAsync(
            answer["client_id"] ?? throw new InvalidOperationException($"{answer.Status} {answer.Json}"));
    }

    public Task<Client> PublicAsync(string redirectUri = TestData.Callback) =>
        ClientAsync("\"token_endpoint_auth_method\":\"none\"", redirectUri);

    public Task<Client> StoredAsync(string clientId) => Server.StoredClientAsync(clientId);

    public Task<int> CountAsync() =>
        Server.WithAsync<AuthDbContext, int>(db => db.Clients.CountAsync(c => c.IsSelfRegistered));

    public async Task<Answer> GetAsync(string path, HttpMethod? method = null) =>
        await OAuth.SendAsync(new HttpRequestMessage(method ?? HttpMethod.Get, path));

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
