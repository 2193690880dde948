using System.Text.Json;
using AuthServer.Actions;
using AuthServer.Actions.Pool;
using AuthServer.Web.Startup;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Runs that share few processes.</summary>
public sealed class PoolTests : IActionHost, IDisposable
{
    private const int Logins = 3;

    private const string Waiting =
        """
        exports.onExecutePostLogin = async (event, api) => {
          const answer = await fetch('https://slow.example/');
          api.idToken.setCustomClaim('status', answer.status);
        };
        """;

    private readonly TaskCompletionSource allWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActionPool pool;
    private int waiting;

    public PoolTests() => pool = new ActionPool(
        ActionCommand.For(typeof(AuthServerApp).Assembly.Location),
        new ActionLimits { Cpu = TimeSpan.FromSeconds(1), Processes = 1 },
        this,
        NullLogger<ActionPool>.Instance);

    /// <summary>No answer comes before every login waits for one.</summary>
    public async Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken ct)
    {
        if (Interlocked.Increment(ref waiting) == Logins)
            allWait.SetResult();
        await allWait.Task.WaitAsync(ct);
        return JsonSerializer.SerializeToElement(new { status = 200, headers = Array.Empty<string[]>(), body = "" });
    }

    [Fact]
    public async Task Actions_that_wait_for_another_server_hold_back_no_other_login()
    {
        var logins = Enumerable.Range(0, Logins)
            .Select(_ => pool.RunAsync(ActionScripts.Run(Waiting), CancellationToken.None));

        var results = await Task.WhenAll(logins);

        Assert.All(results, run => Assert.Equal(200, run.Single().Commands[0][2].GetInt32()));
        Assert.Null((await pool.RunAsync(ActionScripts.Run(ActionScripts.Documented), CancellationToken.None))
            .Single().Error);
        Assert.Equal(2, pool.Alive);
    }

    public void Dispose() => pool.Dispose();
}
