using System.Text;
using System.Text.Json;
using AuthServer.Actions;
using AuthServer.Actions.Messages;
using AuthServer.Actions.Pool;
using AuthServer.Web.Startup;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthServer.Web.Tests.Actions;

/// <summary>
/// A pool of child processes, whose requests to other servers have one answer; https://echo.example answers with the
/// request.
/// </summary>
public sealed class ActionPoolFixture : IActionHost, IDisposable
{
    public ActionPoolFixture() => Pool = new ActionPool(
        ActionCommand.For(typeof(AuthServerApp).Assembly.Location),
        new ActionLimits { Cpu = TimeSpan.FromMilliseconds(400), Wall = TimeSpan.FromSeconds(5), Processes = 2 },
        this,
        NullLogger<ActionPool>.Instance);

    public ActionPool Pool { get; }

    public Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken ct) =>
        arguments[0].GetString()!.StartsWith("https://", StringComparison.Ordinal)
            ? Task.FromResult(JsonSerializer.SerializeToElement(new
            {
                status = 200,
                headers = (string[][])[["Content-Type", "application/json"]],
                body = Convert.ToBase64String(Encoding.UTF8.GetBytes(AnswerTo(arguments))),
            }))
            : throw new ActionHostException("fetch failed");

    internal async Task<ActionResult> RunAsync(string code) =>
        (await Pool.RunAsync(ActionScripts.Run(code), CancellationToken.None)).Single();

    public void Dispose() => Pool.Dispose();

    private static string AnswerTo(JsonElement request)
    {
        const string Echo = "https://echo.example/";
        var (url, method) = (request[0].GetString()!, request[1]);
        if (!url.StartsWith(Echo, StringComparison.Ordinal))
            return $$"""{"ok":true,"method":{{method.GetRawText()}}}""";
        var body = request[3].ValueKind == JsonValueKind.String
            ? " " + Encoding.UTF8.GetString(request[3].GetBytesFromBase64())
            : "";
        return JsonSerializer.Serialize(new
        {
            request = $"{method.GetString()} {url[Echo.Length..]}{body}",
            access_token = "issued",
            expires_in = 60,
            headers = request[2].EnumerateArray()
                .ToDictionary(header => header[0].GetString()!, header => header[1].GetString()),
        });
    }
}
