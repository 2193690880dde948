using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuthServer.TestKit;

/// <summary>
/// A collector of OTLP over HTTP that keeps what it is sent. Strings are unencoded in protobuf, so that tests can
/// search for them.
/// </summary>
public sealed class OtlpSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Text)> received = new();
    private readonly WebApplication app;

    private OtlpSink(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public string Traces => TextOf("/v1/traces");

    public string Metrics => TextOf("/v1/metrics");

    public static async Task<OtlpSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new OtlpSink(builder.Build());
        sink.app.Run(sink.ReceiveAsync);
        await sink.app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        received.Enqueue((http.Request.Path.Value!, Encoding.Latin1.GetString(body.ToArray())));
        http.Response.ContentType = "application/x-protobuf";
    }

    private string TextOf(string path) =>
        string.Concat(received.Where(sent => sent.Path == path).Select(sent => sent.Text));
}
