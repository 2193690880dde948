using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Web.Startup;

namespace AuthServer.Web.TryIt;

/// <summary>An answer as it came over HTTP.</summary>
public sealed record SampleAnswer(int Status, JsonObject? Body)
{
    public bool Succeeded => Status is >= 200 and < 300 && Body is not null;

    public string? Text(string member) =>
        Body?[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>
/// The sample application's own connection to the server, over a real socket; on https it trusts only the development
/// CA.
/// </summary>
public sealed class SampleBackchannel(DataDirectory data) : IDisposable
{
    private readonly Lazy<HttpClient> http = new(() => Create(data));

    public async Task<SampleAnswer> PostAsync(
        Uri uri, IEnumerable<KeyValuePair<string, string>> form, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new FormUrlEncodedContent(form) };
        return await SendAsync(request, ct);
    }

    public async Task<SampleAnswer> GetAsync(Uri uri, string accessToken, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", accessToken) },
        };
        return await SendAsync(request, ct);
    }

    public void Dispose()
    {
        if (http.IsValueCreated)
            http.Value.Dispose();
    }

    private async Task<SampleAnswer> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var answer = await http.Value.SendAsync(request, ct);
            return new SampleAnswer((int)answer.StatusCode, Read(await answer.Content.ReadAsStringAsync(ct)));
        }
        catch (HttpRequestException failure)
        {
            return new SampleAnswer(
                0, new JsonObject { ["error"] = "connection_failed", ["error_description"] = failure.Message });
        }
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HttpClient Create(DataDirectory data)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        var authority = data.File(DevelopmentCertificate.AuthorityFile);
        if (File.Exists(authority))
        {
            var trust = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            trust.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(authority));
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust };
        }

        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
    }
}
