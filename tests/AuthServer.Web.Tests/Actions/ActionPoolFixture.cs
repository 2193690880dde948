using System.Text;
using System.Text.Json;
using AuthServer.Actions;
using AuthServer.Actions.Messages;
using AuthServer.Actions.Pool;
using AuthServer.Web.Startup;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthServer.Web.Tests.Actions;

/// <summary>
/// A pool of child processes, whose requests to other servers are answered with what was sent; https://echo.example
/// issues access tokens too.
/// </summary>
public sealed class ActionPoolFixture : IActionHost, IDisposable
{
    private int issued;

    public ActionPoolFixture() => Pool = new ActionPool(
        ActionCommand.For(typeof(AuthServerApp).Assembly.Location),
        new ActionLimits { Cpu = TimeSpan.FromMilliseconds(400), Wall = TimeSpan.FromSeconds(5), Processes = 2 },
        this,
        NullLogger<ActionPool>.Instance);

    public ActionPool Pool { get; }

    public Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken ct) =>
        arguments[0].GetString()!.StartsWith("https://", StringComparison.Ordinal)
            ? Task.FromResult(AnswerTo(arguments))
            : throw new ActionHostException("fetch failed", "ECONNREFUSED", "connect ECONNREFUSED refused.example");

    internal async Task<ActionResult> RunAsync(string code) =>
        (await Pool.RunAsync(ActionScripts.Run(code), CancellationToken.None)).Single();

    public void Dispose() => Pool.Dispose();

    private JsonElement AnswerTo(JsonElement request)
    {
        const string Echo = "https://echo.example/";
        var url = request[0].GetString()!;
        var isMissing = url.EndsWith("/missing", StringComparison.Ordinal);
        var body = request[3].ValueKind == JsonValueKind.String
            ? Encoding.UTF8.GetString(request[3].GetBytesFromBase64())
            : null;
        var headers = request[2].EnumerateArray()
            .ToDictionary(header => header[0].GetString()!, header => header[1], StringComparer.Ordinal);
        object content = url.StartsWith(Echo, StringComparison.Ordinal)
            ? new
            {
                request = $"{request[1].GetString()} {url[Echo.Length..]} {body}".TrimEnd(),
                access_token = $"issued{Interlocked.Increment(ref issued)}",
                expires_in = 60,
                headers,
            }
            : new { ok = true, method = request[1], url, headers, body };
        return JsonSerializer.SerializeToElement(new
        {
            status = isMissing ? 404 : 200,
            statusText = isMissing ? "Not Found" : "OK",
            headers = (string[][])[["Content-Type", "application/json"]],
            body = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(content)),
        });
    }
}
