using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Tests.Registration;

/// <summary>
/// docs/security.md#clients-that-register-themselves: what a registrant's URLs make this server do, which is next to
/// nothing.
/// </summary>
public sealed class FetchedDocumentTests : IAsyncLifetime
{
    private readonly WebApplication theirs = Theirs();
    private readonly RSA key = RSA.Create(2048);
    private string document = "";
    private int status = StatusCodes.Status200OK;
    private int hits;

    public async ValueTask InitializeAsync()
    {
        theirs.Run(http =>
        {
            Interlocked.Increment(ref hits);
            http.Response.StatusCode = status;
            return http.Response.WriteAsync(document);
        });
        await theirs.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        key.Dispose();
        await theirs.DisposeAsync();
    }

    [Fact]
    public async Task No_URL_of_a_registrant_reaches_a_neighbour()
    {
        await using var scenario = new RegistrationScenario();
        var port = new Uri(theirs.Urls.First()).Port;
        string[] members =
        [
            "logo_uri", "client_uri", "policy_uri", "tos_uri", "initiate_login_uri", "jwks_uri",
            "sector_identifier_uri", "backchannel_logout_uri",
        ];
        string[] hosts =
        [
            "http://127.0.0.1:{0}/", "https://127.0.0.1:{0}/", "http://[::1]:{0}/", "http://localhost:{0}/",
            "https://localhost:{0}/", "http://2130706433:{0}/", "http://0x7f000001:{0}/", "http://0:{0}/",
        ];
        foreach (var member in members)
        {
            foreach (var host in hosts)
                await scenario.RegisterAsync(
                    $$"""
                    {"redirect_uris":["https://app.example/cb"],
                    "{{member}}":"{{host.Replace("{0}", $"{port}", StringComparison.Ordinal)}}"}
                    """
                );
        }

        var client = await scenario.ClientAsync($$"""
            "token_endpoint_auth_method":"private_key_jwt","jwks_uri":"https://localhost:{{port}}/jwks"
            """);
        Assert.Equal("invalid_client", (await AskAsync(scenario, client, "k1")).Error);
        Assert.Equal(0, hits);
    }

    [Fact]
    public async Task A_sector_document_has_to_be_there_and_to_list_each_redirect_uri()
    {
        await using var scenario = RegistrationScenario.With(("AuthServer:AllowLoopbackFetches", "true"));
        document = "[\"https://app.example/other\"]";
        Assert.Equal("invalid_client_metadata", (await RegisterAsync()).Error);
        document = "not JSON";
        scenario.Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("invalid_client_metadata", (await RegisterAsync()).Error);
        document = "[\"https://app.example/cb\",\"https://app.example/other\"]";
        scenario.Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Created, (await RegisterAsync()).Status);

        Task<Answer> RegisterAsync() =>
            scenario.RegisterAsync(
                $$"""
                {"redirect_uris":["https://app.example/cb"],"sector_identifier_uri":"{{theirs.Urls.First()}}/sector"}
                """
            );
    }

    [Fact]
    public async Task Keys_at_jwks_uri_verify_are_kept_and_are_fetched_once_more_when_they_changed()
    {
        await using var scenario = RegistrationScenario.With(("AuthServer:AllowLoopbackFetches", "true"));
        var client = await scenario.ClientAsync($$"""
            "token_endpoint_auth_method":"private_key_jwt","jwks_uri":"{{theirs.Urls.First()}}/jwks"
            """);
        document = KeySet("k1");
        Assert.Equal("invalid_grant", (await AskAsync(scenario, client, "k1")).Error);
        Assert.Equal("invalid_grant", (await AskAsync(scenario, client, "k1")).Error);
        Assert.Equal(1, hits);

        document = KeySet("k2");
        scenario.Server.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("invalid_grant", (await AskAsync(scenario, client, "k2")).Error);
        Assert.Equal(2, hits);
        Assert.Equal("invalid_client", (await AskAsync(scenario, client, "k3")).Error);
        Assert.Equal("invalid_client", (await AskAsync(scenario, client, "k4")).Error);
        Assert.Equal(2, hits);
    }

    [Fact]
    public async Task Many_assertions_at_once_fetch_the_keys_once()
    {
        await using var scenario = RegistrationScenario.With(("AuthServer:AllowLoopbackFetches", "true"));
        var client = await scenario.ClientAsync($$"""
            "token_endpoint_auth_method":"private_key_jwt","jwks_uri":"{{theirs.Urls.First()}}/jwks"
            """);
        document = KeySet("k1");

        var known = Enumerable.Range(0, 16).Select(_ => AskAsync(scenario, client, "k1")).ToList();
        var unknown = Enumerable.Range(0, 16).Select(_ => AskAsync(scenario, client, "unknown")).ToList();

        Assert.All(await Task.WhenAll(known), answer => Assert.Equal("invalid_grant", answer.Error));
        Assert.All(await Task.WhenAll(unknown), answer => Assert.Equal("invalid_client", answer.Error));
        Assert.Equal(1, hits);
    }

    [Fact]
    public async Task Many_registrations_at_once_fetch_a_sector_document_once_a_minute()
    {
        await using var scenario = RegistrationScenario.With(("AuthServer:AllowLoopbackFetches", "true"));
        status = StatusCodes.Status503ServiceUnavailable;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RegisterAsync()));
        await RegisterAsync();
        Assert.Equal(1, hits);

        scenario.Server.Time.Advance(TimeSpan.FromMinutes(1));
        await RegisterAsync();
        Assert.Equal(2, hits);

        Task<Answer> RegisterAsync() => scenario.RegisterAsync($$"""
            {"redirect_uris":["https://app.example/cb"],"sector_identifier_uri":"{{theirs.Urls.First()}}/sector"}
            """);
    }

    [Fact]
    public async Task A_failed_fetch_of_keys_is_not_repeated_within_a_minute()
    {
        await using var scenario = RegistrationScenario.With(("AuthServer:AllowLoopbackFetches", "true"));
        var client = await scenario.ClientAsync($$"""
            "token_endpoint_auth_method":"private_key_jwt","jwks_uri":"{{theirs.Urls.First()}}/jwks"
            """);
        status = StatusCodes.Status503ServiceUnavailable;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => AskAsync(scenario, client, "k1")));
        scenario.Server.Time.Advance(TimeSpan.FromSeconds(59));
        await AskAsync(scenario, client, "k1");
        Assert.Equal(1, hits);

        scenario.Server.Time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(scenario, client, "k1");
        Assert.Equal(2, hits);
    }

    [Fact]
    public async Task Many_forged_request_objects_fetch_the_keys_once()
    {
        await using var scenario = RegistrationScenario.With(("AuthServer:AllowLoopbackFetches", "true"));
        var client = await scenario.Server.AddClientAsync(c => c.JwksUri = theirs.Urls.First() + "/jwks");
        document = KeySet("k1");
        using var forger = new JwtSigner();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => scenario.OAuth.AuthorizeAsync(
            OAuth.RequestOf(client, ("request", forger.Sign($$"""{"alg":"ES256","kid":"unknown {{i}}"}""", []))))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Equal(1, hits);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Keys_in_the_registration_verify()
    {
        await using var scenario = new RegistrationScenario();
        var client = await scenario.ClientAsync(
            "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":" + KeySet("k1"));

        Assert.Null(client.SecretHash);
        Assert.Equal("invalid_grant", (await AskAsync(scenario, client, "k1")).Error);
        Assert.Equal("invalid_client", (await AskAsync(scenario, client, "k2")).Error);
    }

    [Fact]
    public void In_production_the_switch_for_tests_stops_the_start()
    {
        var arguments = new[]
        {
            "--environment=Production",
            "--urls=http://127.0.0.1:0",
            "--AuthServer:Issuer=https://login.example/",
            "--AuthServer:AllowLoopbackFetches=true",
            "--AuthServer:DataDirectory=" + Directory.CreateTempSubdirectory("authserver-").FullName,
        };

        Assert.Contains(
            "AllowLoopbackFetches",
            Assert.Throws<OptionsValidationException>(() => Startup.AuthServerApp.Build(arguments)).Message,
            StringComparison.Ordinal);
    }

    private static WebApplication Theirs()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    /// <summary>An invalid code proves that the client was accepted.</summary>
    private Task<Answer> AskAsync(RegistrationScenario scenario, Client client, string kid)
    {
        var now = scenario.Server.Time.GetUtcNow().ToUnixTimeSeconds();
        var header = Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", kid }));
        var claims = Encode(
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    iss = client.ClientId,
                    sub = client.ClientId,
                    aud = scenario.Server.Issuer.Value,
                    jti = Guid.CreateVersion7().ToString(),
                    iat = now,
                    exp = now + 60,
                }));
        var signature = Encode(
            key.SignData(
                Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return scenario.OAuth.PostAsync(
            "/oauth/token",
            ("grant_type", "authorization_code"),
            ("code", "none"),
            ("client_assertion", $"{header}.{claims}.{signature}"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
    }

    private string KeySet(string kid)
    {
        var p = key.ExportParameters(false);
        return JsonSerializer.Serialize(
            new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA",
                        kid,
                        use = "sig",
                        alg = "RS256",
                        n = Encode(p.Modulus!),
                        e = Encode(p.Exponent!),
                    },
                },
            });
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
