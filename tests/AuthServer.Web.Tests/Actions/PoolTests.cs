using System.Text.Json;
using AuthServer.Actions;
using AuthServer.Actions.Messages;
using AuthServer.Actions.Pool;
using AuthServer.Web.Startup;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Runs that share few processes.</summary>
public sealed class PoolTests(OnePlaceFixture actions) : IClassFixture<OnePlaceFixture>
{
    private readonly ActionPool pool = actions.Pool;

    [Fact]
    public async Task Actions_that_wait_for_another_server_hold_back_no_other_login()
    {
        var results = await RunAsync(
            """
            exports.onExecutePostLogin = async (event, api) => {
              const answer = await fetch('https://slow.example/');
              api.idToken.setCustomClaim('status', answer.status);
            };
            """);

        Assert.All(results, run => Assert.Equal(200, run.Single().Commands[0][2].GetInt32()));
        Assert.Null((await pool.RunAsync(ActionScripts.Run(ActionScripts.Documented), CancellationToken.None))
            .Single().Error);
        Assert.Equal(2, pool.Alive);
    }

    [Theory]
    [InlineData("await fetch('https://refused.example/').catch(() => {});")]
    [InlineData("await Promise.race([fetch('https://silent.example/'), new Promise((done) => setTimeout(done, 5))]);")]
    public async Task An_Action_that_has_waited_executes_only_with_a_place(string wait)
    {
        var code =
            $$"""
            exports.onExecutePostLogin = async (event, api) => {
              await fetch('https://slow.example/');
              {{wait}}
              const start = Date.now();
              while (Date.now() - start < 50);
              api.idToken.setCustomClaim('time', [start, Date.now()]);
            };
            """;

        var results = await RunAsync(code, code);

        var times = results.SelectMany(run => run)
            .Select(result => (Start: Milliseconds(result, 0), End: Milliseconds(result, 1))).Order().ToList();
        Assert.Equal(2 * OnePlaceFixture.Logins, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.First.End, 0, pair.Second.Start));
    }

    private static long Milliseconds(ActionResult result, int index) => result.Commands[0][2][index].GetInt64();

    private Task<IReadOnlyList<ActionResult>[]> RunAsync(params string[] codes) => Task.WhenAll(
        Enumerable.Range(0, OnePlaceFixture.Logins)
            .Select(_ => pool.RunAsync(ActionScripts.Run(codes), CancellationToken.None)));
}

/// <summary>A pool in which one Action executes at once, and the servers that it asks.</summary>
public sealed class OnePlaceFixture : IActionHost, IDisposable
{
    public const int Logins = 2;

    private TaskCompletionSource allWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private int waiting;

    public OnePlaceFixture() => Pool = new ActionPool(
        ActionCommand.For(typeof(AuthServerApp).Assembly.Location),
        new ActionLimits { Cpu = TimeSpan.FromSeconds(1), Processes = 1 },
        this,
        NullLogger<ActionPool>.Instance);

    public ActionPool Pool { get; }

    public async Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken ct)
    {
        switch (arguments[0].GetString())
        {
            case "https://refused.example/":
                throw new ActionHostException("fetch failed");
            case "https://silent.example/":
                await Task.Delay(Timeout.Infinite, ct);
                break;
            default:
                await WaitForAllAsync().WaitAsync(ct);
                break;
        }

        return JsonSerializer.SerializeToElement(new { status = 200, headers = Array.Empty<string[]>(), body = "" });
    }

    public void Dispose() => Pool.Dispose();

    /// <summary>No answer comes before every login waits for one.</summary>
    private Task WaitForAllAsync()
    {
        lock (gate)
        {
            var all = allWait;
            if (++waiting % Logins == 0)
            {
                allWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
                all.SetResult();
            }

            return all.Task;
        }
    }
}
