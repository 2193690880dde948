using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.TestKit;

/// <summary>
/// A server for SDKs: https on localhost, the system's clock, and one client of each kind. The scripts of
/// <c>tests/clients</c> get it by <see cref="Environment"/>.
/// </summary>
public sealed class SdkTestEnvironment : IAsyncDisposable
{
    private const string RedirectUri = "https://app.example.test/callback";
    private const string LoggedOutUri = "https://app.example.test/goodbye";
    private const string Audience = "https://api.example.test";
    private const string EllipticAudience = "https://elliptic.example.test";
    private const string OtherAudience = "https://other.example.test";
    private const string Scope = "read:items";
    private const string Password = "a long pass phrase, easy to type";

    /// <summary>Ports that an application of the scripts may listen on; each takes the first that is free.</summary>
    private static readonly string[] AppOrigins =
    [
        .. Enumerable.Range(21_101, 12).Select(port => $"http://localhost:{port}"),
    ];

    private readonly TestServer server;
    private readonly Dictionary<string, object> clients = new(StringComparer.Ordinal);

    private SdkTestEnvironment(TestServer server) => this.server = server;

    public IReadOnlyDictionary<string, string> Environment { get; private set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The server's last log lines.</summary>
    public RecentLog Log => server.Log;

    public static async Task<SdkTestEnvironment> StartAsync()
    {
        var world = new SdkTestEnvironment(
            new TestServer(
                settings: new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["AuthServer:AllowLoopbackFetches"] = "true",
                },
                overTls: true));
        await world.FillAsync();
        return world;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task FillAsync()
    {
        await server.AddApiAsync(
            api => api.Scopes = [new(Scope, "Read your items"), new("write:items", "Change your items")], Audience);
        await server.AddApiAsync(identifier: OtherAudience);
        await server.AddApiAsync(
            api => (api.SigningAlgorithm, api.Scopes) = ("ES256", [new(Scope, "Read your items")]), EllipticAudience);

        await AddAsync("post", ClientSecrets.New());
        await AddAsync(
            "basic",
            new Secret("with-hyphens_and_underscores-" + ClientSecrets.New().Reveal()),
            client => client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.ClientSecretBasic);
        await AddAsync("spa", secret: null, client =>
        {
            client.AppType = AppTypes.Spa;
            client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.None;
            client.RefreshTokens = RefreshTokenPolicy.ForPublic with { Leeway = 0 };
        });
        await AddAsync("app", ClientSecrets.New(), client =>
        {
            client.Callbacks = [.. AppOrigins.Select(origin => origin + "/callback")];
            client.AllowedLogoutUrls = [.. AppOrigins, .. AppOrigins.Select(origin => origin + "/")];
        });
        await AddAsync("hybrid", ClientSecrets.New(), client => client.GrantTypes = ["authorization_code", "implicit"]);
        await AddAsync("implicit", secret: null, client =>
        {
            (client.GrantTypes, client.TokenEndpointAuthMethod) = (["implicit"], TokenEndpointAuthMethods.None);
            client.Callbacks = [.. AppOrigins.Select(origin => origin + "/callback")];
        });
        var machine = await AddAsync(
            "machine",
            ClientSecrets.New(),
            client => (client.AppType, client.GrantTypes) = (AppTypes.NonInteractive, ["client_credentials"]));
        await server.AddClientGrantAsync(machine.ClientId, Audience, Scope);
        await server.AddClientGrantAsync(machine.ClientId, EllipticAudience, Scope);
        await AddKeyedAsync();
        clients["management"] = new { id = TestServer.ClientId, secret = TestServer.ClientSecret };

        var user = await AddUserAsync();
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["NODE_EXTRA_CA_CERTS"] = server.CertificateAuthority,
            ["AUTHSERVER_WORLD"] = JsonSerializer.Serialize(new
            {
                issuer = server.Issuer.Value,
                user = new { id = user.UserId, email = user.Email, password = Password, name = user.Name },
                api = new { audience = Audience, scope = Scope },
                ellipticApi = new { audience = EllipticAudience },
                otherApi = new { audience = OtherAudience },
                redirectUri = RedirectUri,
                loggedOutUri = LoggedOutUri,
                appOrigins = AppOrigins,
                clients,
            }),
        };
    }

    private async Task<Client> AddAsync(string name, Secret? secret, Action<Client>? change = null)
    {
        var box = server.Services.GetRequiredService<ISecretBox>();
        var client = await server.AddClientAsync(client =>
        {
            client.Name = name;
            client.Callbacks = [RedirectUri];
            client.AllowedLogoutUrls = [LoggedOutUri];
            if (secret is not null)
                ClientSecrets.Set(client, secret, box);
            else
                ClientSecrets.Remove(client);
            change?.Invoke(client);
        });
        clients[name] = new { id = client.ClientId, secret = secret?.Reveal() };
        return client;
    }

    private async Task AddKeyedAsync()
    {
        using var key = RSA.Create(2048);
        var parts = key.ExportParameters(includePrivateParameters: true);
        var publicJwk = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kty"] = "RSA",
            ["n"] = Text(parts.Modulus),
            ["e"] = Text(parts.Exponent),
        };
        var privateJwk = new Dictionary<string, string>(publicJwk, StringComparer.Ordinal)
        {
            ["d"] = Text(parts.D),
            ["p"] = Text(parts.P),
            ["q"] = Text(parts.Q),
            ["dp"] = Text(parts.DP),
            ["dq"] = Text(parts.DQ),
            ["qi"] = Text(parts.InverseQ),
            ["kid"] = "key-1",
            ["alg"] = "RS256",
        };
        var client = await AddAsync("keyed", secret: null, client =>
        {
            client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.PrivateKeyJwt;
            client.Credentials.Add(new ClientCredential
            {
                Id = "cred_" + OpaqueToken.Alphanumeric(22),
                ClientId = client.ClientId,
                KeyId = "key-1",
                Algorithm = "RS256",
                Jwk = JsonSerializer.Serialize(publicJwk),
                CreatedAt = client.CreatedAt,
                UpdatedAt = client.CreatedAt,
            });
        });
        clients["keyed"] = new { id = client.ClientId, privateJwk };

        static string Text(byte[]? number) => Base64Url.EncodeToString(number);
    }

    private async Task<User> AddUserAsync()
    {
        var user = await server.AddUserAsync("grace@example.com", Password);
        (user.Name, user.EmailVerified) = ("Grace Hopper", true);
        await server.ChangeAsync<User>(
            stored => stored.UserId == user.UserId,
            stored => (stored.Name, stored.EmailVerified) = (user.Name, user.EmailVerified));
        return user;
    }
}
