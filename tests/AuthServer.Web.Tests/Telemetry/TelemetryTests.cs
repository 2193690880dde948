using System.Net.Http.Headers;
using AuthServer.Core.Clients;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Telemetry;

/// <summary>A server with a collector: what it sends, and what it never sends.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private readonly HashSet<string> secrets = new(StringComparer.Ordinal);
    private readonly TemporaryDirectory directory = new();
    private OtlpSink sink = null!;
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        sink = await OtlpSink.StartAsync();
        server = await ServerProcess.StartAsync(
            directory.Path, ServerProcess.FreePort(),
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = sink.Url,
                ["OTEL_SERVICE_NAME"] = "login-of-the-test",
            });
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await sink.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Metrics_and_spans_arrive_by_the_time_it_has_stopped_and_no_secret_among_them()
    {
        await UseAsync();
        server.Terminate();
        await server.UntilExitAsync();

        foreach (var name in (string[])
                [
                    "authserver.tokens", "authserver.logins", "authserver.writers.waiting",
                    "authserver.log_events.waiting", "authserver.log_events.dropped", "authserver.emails.due",
                    "authserver.password_hashing.duration", "authserver.password_hashing.waiting",
                    "http.server.request.duration",
                ])
            Assert.Contains(name, sink.Metrics, StringComparison.Ordinal);
        foreach (var label in (string[])
                [
                    "client_credentials", "success", "invalid_client", "wrong_password", "unsupported_grant_type",
                    "login-of-the-test",
                ])
            Assert.Contains(label, sink.Metrics, StringComparison.Ordinal);
        Assert.Contains("/oauth/token", sink.Traces, StringComparison.Ordinal);
        Assert.Contains("hash a password", sink.Traces, StringComparison.Ordinal);
        Assert.True(secrets.Count > 6);
        Assert.All(
            secrets, secret => Assert.DoesNotContain(secret, sink.Metrics + sink.Traces, StringComparison.Ordinal));
    }

    private async Task UseAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        using var machine = await PostAsync(
            http,
            ("grant_type", "client_credentials"),
            ("client_id", TestServer.ClientId),
            ("client_secret", Secret(TestServer.ClientSecret)),
            ("audience", server.Address + "/api/v2/"));
        var token = (await machine.Content.ReadAsStringAsync()).Split('"')[3];
        using var read = new HttpRequestMessage(
            HttpMethod.Get, "/api/v2/clients?fields=client_id&include_fields=" + Secret("canary-in-the-query"));
        read.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret(token));
        (await http.SendAsync(read)).Dispose();
        (await PostAsync(
                http,
                ("grant_type", "client_credentials"),
                ("client_id", TestServer.ClientId),
                ("client_secret", Secret("canary-wrong-secret")))).Dispose();
        (await PostAsync(http, ("grant_type", Secret("urn:canary:grant")), ("client_id", "x"))).Dispose();

        using var browser = new Browser(new Uri(server.Address));
        await browser.OpenAsync(AccountApplication.Path);
        Secret(browser.Url.Query.Split("state=")[1].Split('&')[0]);
        await browser.SignInAsync(TestServer.AdminEmail, Secret("canary password"));
        await browser.SignInAsync(TestServer.AdminEmail, Secret(TestServer.AdminPassword));
        Secret(browser.Cookies["sid"]);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, params (string Name, string Value)[] form) =>
        http.PostAsync(
            "/oauth/token",
            new FormUrlEncodedContent(form.Select(p => new KeyValuePair<string, string>(p.Name, p.Value))));

    private string Secret(string secret)
    {
        secrets.Add(secret);
        return secret;
    }
}
