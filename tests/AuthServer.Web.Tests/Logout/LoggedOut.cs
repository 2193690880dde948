using System.Collections.Concurrent;
using System.Text.Json;
using AuthServer.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuthServer.Web.Tests.Logout;

/// <summary>An application on this machine that receives logout tokens; tests set how often it fails.</summary>
internal sealed class LoggedOut : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> caught = new();
    private WebApplication app = null!;
    private int failures;
    private int calls;

    public string Url { get; private set; } = "";

    public int Calls => Volatile.Read(ref calls);

    public static async Task<LoggedOut> ListenAsync(int failures = 0)
    {
        var listening = new LoggedOut { failures = failures };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        listening.app = builder.Build();
        listening.app.Run(listening.AnswerAsync);
        await listening.app.StartAsync();
        listening.Url = listening.app.Urls.First() + "/backchannel";
        return listening;
    }

    /// <summary>The next logout token.</summary>
    public async Task<(JsonElement Header, JsonElement Claims)> NextAsync()
    {
        var token = await Eventually.FindAsync(
            () => Task.FromResult(caught.TryDequeue(out var next) ? next : null), "No logout token came.");
        return (OAuth.HeaderOf(token), OAuth.ClaimsOf(token));
    }

    public Task WaitForCallsAsync(int count) =>
        Eventually.UntilAsync(() => Calls >= count, $"There were fewer than {count} calls.");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref calls);
        if (Interlocked.Decrement(ref failures) >= 0)
        {
            http.Response.StatusCode = 503;
            return;
        }

        caught.Enqueue((await http.Request.ReadFormAsync())["logout_token"].ToString());
    }
}
