using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>Users and attackers who try passwords from many addresses, by the password grant.</summary>
public sealed class Callers : IAsyncDisposable
{
    public const string Password = "four unrelated words here";
    private readonly HttpClient http;
    private readonly bool ownsServer;
    private Client? client;

    public Callers(Action<IServiceCollection>? services = null)
        : this(new TestServer(settings: Settings, services: services))
    {
        ownsServer = true;
    }

    /// <param name="server">One with <see cref="Settings"/>, which the caller disposes.</param>
    public Callers(TestServer server)
    {
        Server = server;
        http = Server.NewHttp();
    }

    /// <summary>The server believes the address that a caller says it has.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["AuthServer:TrustedProxies:0"] = "127.0.0.1" };

    public TestServer Server { get; }

    /// <summary>A client that may use the password grant.</summary>
    public async Task<Client> ClientAsync()
    {
        if (client is not null)
            return client;
        await Server.ChangeSettingsAsync(settings => settings.DefaultDirectory = Connection.DefaultDatabase);
        return client = await Server.AddClientAsync(c => c.GrantTypes = ["password", "authorization_code"]);
    }

    public async Task<HttpResponseMessage> SendAsync(string name, string password, string address)
    {
        var caller = await ClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
        {
            Headers = { { "X-Forwarded-For", address } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "password",
                ["client_id"] = caller.ClientId,
                ["client_secret"] = TestData.Secret,
                ["username"] = name,
                ["password"] = password,
            }),
        };
        return await http.SendAsync(request);
    }

    /// <returns>Whether the password gave tokens.</returns>
    public async Task<bool> TrySignInAsync(string name, string address, string password = Password)
    {
        using var answer = await SendAsync(name, password, address);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public async Task GuessAsync(string name, string address, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.False(await TrySignInAsync(name, address, $"wrong {i}"));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (ownsServer)
            await Server.DisposeAsync();
    }
}
