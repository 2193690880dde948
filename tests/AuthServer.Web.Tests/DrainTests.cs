using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

/// <summary>docs/operations.md: a server that stops lets its clients finish, and not for ever.</summary>
public sealed class DrainTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private static Dictionary<string, string> Production => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["AuthServer__Issuer"] = "https://login.example.com/",
    };

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_stopping_server_answers_and_announces_that_it_stops()
    {
        await using var server = await ServerProcess.StartAsync(directory.Path, ServerProcess.FreePort(), Production);
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };

        server.Terminate();
        HttpResponseMessage ready;
        do
            ready = await http.GetAsync("/readyz");
        while (ready.StatusCode == HttpStatusCode.OK);
        using var served = await http.GetAsync("/.well-known/openid-configuration");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal((HttpStatusCode.OK, true), (served.StatusCode, served.Headers.ConnectionClose));
        Assert.Equal(0, await server.UntilExitAsync());
        Assert.Contains("Stopping in 3 s", server.Output, StringComparison.Ordinal);
    }

    /// <summary><c>docker stop</c> kills after ten seconds.</summary>
    [Fact]
    public async Task Half_sent_requests_and_idle_handshakes_do_not_hold_a_stop_up_and_the_rest_is_answered()
    {
        var (plain, tls) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        await using var server = await ServerProcess.StartAsync(directory.Path, plain, new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"https://127.0.0.1:{tls};http://127.0.0.1:{plain}",
            ["AuthServer__DrainSeconds"] = "3",
        });
        const string Head = "POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 24\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n\r\n";
        using var silent = await ConnectAsync(tls, "");
        using var half = await ConnectAsync(plain, "GET / HTTP/1.1\r\nHost: loc");
        using var stuck = await ConnectAsync(plain, Head + "grant");
        using var slow = await ConnectAsync(plain, Head + "grant_type=");
        await Task.Delay(500);

        server.Terminate();
        var clock = Stopwatch.StartNew();
        await Task.Delay(4_000);
        await slow.GetStream().WriteAsync("client_creden"u8.ToArray());
        var answer = await new StreamReader(slow.GetStream()).ReadToEndAsync();
        var code = await server.UntilExitAsync();

        Assert.StartsWith("HTTP/1.1 40", answer, StringComparison.Ordinal);
        Assert.Contains("unsupported_grant_type", answer, StringComparison.Ordinal);
        Assert.Equal(0, code);
        Assert.InRange(clock.Elapsed.TotalSeconds, 3, 9.5);
    }

    /// <summary>
    /// The proxy checks <c>/readyz</c> every half second, and sends nothing new once it fails. The drain is long here,
    /// so that a slow machine does not fail the test.
    /// </summary>
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Behind_a_proxy_no_request_is_lost(string version)
    {
        var (plain, tls) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        await using var server = await ServerProcess.StartAsync(directory.Path, plain, new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"https://127.0.0.1:{tls};http://127.0.0.1:{plain}",
            ["AuthServer__DrainSeconds"] = "60",
        });
        var connections = 0;
        using var http = NewHttp($"https://127.0.0.1:{tls}", version, () => Interlocked.Increment(ref connections));
        using var red = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 4).Select(_ => WorkAsync(http, red.Token)).ToArray();
        await Task.Delay(500);
        var before = Volatile.Read(ref connections);

        server.Terminate();
        while ((await http.GetAsync("/readyz")).IsSuccessStatusCode)
            await Task.Delay(500);
        await Task.Delay(500);
        await red.CancelAsync();
        var requests = await Task.WhenAll(workers);

        Assert.All(requests, count => Assert.True(count > 5, $"{count} requests"));
        Assert.True(Volatile.Read(ref connections) > before, "No connection was given up.");
    }

    private static async Task<int> WorkAsync(HttpClient http, CancellationToken red)
    {
        var count = 0;
        for (; !red.IsCancellationRequested; count++)
        {
            using var answer = await http.GetAsync("/.well-known/jwks.json", CancellationToken.None);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await Task.Delay(20, CancellationToken.None);
        }

        return count;
    }

    private static HttpClient NewHttp(string address, string version, Action connected)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
            ConnectCallback = async (context, ct) =>
            {
                connected();
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(address),
            DefaultRequestVersion = Version.Parse(version),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    private static async Task<TcpClient> ConnectAsync(int port, string sent)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));
        return client;
    }
}
