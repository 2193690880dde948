using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace AuthServer.TestKit;

/// <summary>
/// An identity provider on this machine whose responses a test sets, valid or not. It validates what a provider
/// validates: secret, code, verifier.
/// </summary>
public sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "our-client-id";
    public const string ClientSecret = "our secret: with/odd characters+";

    private readonly ConcurrentDictionary<string, Issued> codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> hits = new(StringComparer.Ordinal);
    private readonly TimeProvider time;
    private WebApplication app = null!;

    private FakeProvider(TimeProvider time) => this.time = time;

    public string Url { get; private set; } = "";

    public RSA Key { get; set; } = RSA.Create(2048);

    public string Kid { get; set; } = "k1";

    /// <summary>The person who is signed in there.</summary>
    public Dictionary<string, object?> Person { get; private set; } = Grace();

    /// <summary>Changes the claims of the next ID tokens.</summary>
    public Action<Dictionary<string, object?>>? Change { get; set; }

    /// <summary>Replaces the ID token, of which it gets the good claims.</summary>
    public Func<Dictionary<string, object?>, string>? Forge { get; set; }

    public Action<Dictionary<string, object?>>? Document { get; set; }

    /// <summary>Response of userinfo; the user's claims when null.</summary>
    public object? Profile { get; set; }

    public object? Emails { get; set; }

    /// <summary>Answers of these paths are these texts.</summary>
    public ConcurrentDictionary<string, string> Garbage { get; } = new(StringComparer.Ordinal);

    /// <summary>The last form that came to the token endpoint.</summary>
    public IReadOnlyDictionary<string, string> TokenForm { get; private set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    public int Hits(string path) => hits.GetValueOrDefault(path);

    public static async Task<FakeProvider> StartAsync(TimeProvider time)
    {
        var provider = new FakeProvider(time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        provider.app = builder.Build();
        provider.app.Run(provider.AnswerAsync);
        await provider.app.StartAsync();
        provider.Url = provider.app.Urls.First();
        return provider;
    }

    /// <summary>Resets its answers and its counts of requests.</summary>
    public void Reset()
    {
        (Person, Change, Forge, Document, Profile, Emails) = (Grace(), null, null, null, null, null);
        Garbage.Clear();
        hits.Clear();
    }

    /// <summary>The person says yes there: where the browser is sent back to.</summary>
    public string Agree(Uri asked, string? iss = "own")
    {
        var query = QueryHelpers
            .ParseQuery(asked.Query)
            .ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        var code = Guid.CreateVersion7().ToString("N");
        codes[code] = new Issued(query.GetValueOrDefault("nonce", ""), query.GetValueOrDefault("code_challenge", ""));
        var answer = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["code"] = code,
            ["state"] = query["state"],
            ["iss"] = iss == "own" ? Url : iss,
        };
        return QueryHelpers.AddQueryString(
            query["redirect_uri"], answer.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>A JWT under this provider's key.</summary>
    public string Sign(
        Dictionary<string, object?> claims, string algorithm = "RS256", Dictionary<string, object?>? header = null)
    {
        var input =
            Encode(header ?? new(StringComparer.Ordinal) { ["alg"] = algorithm, ["kid"] = Kid }) + "." + Encode(claims);
        var padding = algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return input
            + "."
            + Base64Url.EncodeToString(Key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, padding));
    }

    public static string Encode(object json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Key.Dispose();
    }

    private static Dictionary<string, object?> Grace() =>
        new(StringComparer.Ordinal)
        {
            ["sub"] = "grace",
            ["name"] = "Grace Hopper",
            ["email"] = "grace@example.net",
            ["email_verified"] = true,
        };

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        hits.AddOrUpdate(path, 1, (_, count) => count + 1);
        if (Garbage.TryGetValue(path, out var garbage))
        {
            await GarbageAsync(http, garbage);
            return;
        }

        object? answer = path switch
        {
            "/.well-known/openid-configuration" => Discovery(),
            "/jwks" => KeySet(),
            "/token" => await TokenAsync(http),
            "/userinfo" when Bearer(http) => Profile ?? Person,
            "/emails" when Bearer(http) => Emails,
            _ => null,
        };
        if (answer is null)
            http.Response.StatusCode = path == "/token" ? 400 : 404;
        await http.Response.WriteAsJsonAsync(answer ?? new { error = "invalid_grant" });
    }

    private static async Task GarbageAsync(HttpContext http, string garbage)
    {
        switch (garbage)
        {
            case "slow":
                await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted)
                    .ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            case "500":
                http.Response.StatusCode = 500;
                return;
            case "redirect":
                http.Response.Redirect("/elsewhere");
                return;
            default:
                await http.Response.WriteAsync(garbage);
                return;
        }
    }

    private Dictionary<string, object?> Discovery()
    {
        var document = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["issuer"] = Url,
            ["authorization_endpoint"] = Url + "/authorize",
            ["token_endpoint"] = Url + "/token",
            ["userinfo_endpoint"] = Url + "/userinfo",
            ["jwks_uri"] = Url + "/jwks",
            ["end_session_endpoint"] = Url + "/logout",
            ["authorization_response_iss_parameter_supported"] = true,
        };
        Document?.Invoke(document);
        return document;
    }

    private object KeySet()
    {
        var key = Key.ExportParameters(false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA",
                    kid = Kid,
                    use = "sig",
                    n = Base64Url.EncodeToString(key.Modulus),
                    e = Base64Url.EncodeToString(key.Exponent),
                },
            },
        };
    }

    private async Task<object?> TokenAsync(HttpContext http)
    {
        var form = (await http.Request.ReadFormAsync()).ToDictionary(
            pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        TokenForm = form;
        var basic =
            "Basic "
            + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{Uri.EscapeDataString(ClientSecret)}"));
        var known =
            http.Request.Headers.Authorization == basic
            || form.GetValueOrDefault("client_secret") is ClientSecret
            || form.GetValueOrDefault("client_secret")?.Count(c => c == '.') == 2;
        if (!known || !codes.TryRemove(form.GetValueOrDefault("code") ?? "", out var issued))
            return null;
        if (issued.Challenge.Length > 0
            && issued.Challenge
                != Base64Url.EncodeToString(
                    SHA256.HashData(Encoding.ASCII.GetBytes(form.GetValueOrDefault("code_verifier") ?? ""))))
            return null;

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?>(Person, StringComparer.Ordinal)
        {
            ["iss"] = Url,
            ["aud"] = ClientId,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["nonce"] = issued.Nonce,
        };
        Change?.Invoke(claims);
        return new
        {
            access_token = "upstream-access-token",
            token_type = "Bearer",
            id_token = Forge?.Invoke(claims) ?? Sign(claims),
        };
    }

    private static bool Bearer(HttpContext http) =>
        http.Request.Headers.Authorization == "Bearer upstream-access-token";

    private sealed record Issued(string Nonce, string Challenge);
}
