using System.Collections.Concurrent;
using System.Globalization;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>
/// No body causes a 5xx or an error in the server's log. The requests follow from a seed, which
/// <c>AUTHSERVER_FUZZ_SEED</c> sets.
/// </summary>
public sealed class BodyFuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Seed = "AUTHSERVER_FUZZ_SEED";
    private const int DefaultSeed = 20261125;
    private const int Requests = 10_000;

    /// <summary>More than the cores: a request waits for the store, too.</summary>
    private const int AtOnce = 8;
    private const int MaxShown = 10;

    private readonly TestServer server = new(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        // A request that is refused for its size or rate is not read.
        ["AuthServer:RateLimits:Enabled"] = "false",
        ["AuthServer:Registration:PerHour"] = "0",
    });

    private FuzzRequests requests = null!;

    public async ValueTask InitializeAsync() => requests = await FuzzRequests.PrepareAsync(server);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task No_body_is_the_servers_fault()
    {
        var given = Environment.GetEnvironmentVariable(Seed);
        var seed = given is null ? DefaultSeed : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"{Seed}={seed}");
        var statuses = new ConcurrentDictionary<int, int>();
        var unanswered = 0;
        var failed = new ConcurrentQueue<string>();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Requests),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, ct) =>
            {
                var (name, request) = requests.Make(new Random(unchecked(seed + number)), number);
                var status = await request.SendAsync(server.Address, ct);
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (status == 0 && !request.IsCutShort)
                    Interlocked.Increment(ref unanswered);
                if (status >= 500)
                    failed.Enqueue($"{status} at {number}, {name}: {request}");
            });

        var counts = statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}");
        output.WriteLine(string.Join(", ", counts));
        Assert.True(failed.IsEmpty && server.Log.Errors.Count == 0, Explain(seed, failed));
        Assert.True(unanswered < Requests / 100, $"{unanswered} whole requests have no answer.");
        Assert.All((int[])[200, 400, 401, 404, 415], expected => Assert.Contains(expected, statuses.Keys));
    }

    private string Explain(int seed, IReadOnlyCollection<string> failed) => string.Join(
        "\n\n",
        [
            $"{Seed}={seed}, {failed.Count} answers of 5xx, {server.Log.Errors.Count} errors in the log",
            .. failed.Take(MaxShown),
            .. server.Log.Errors.Take(MaxShown),
        ]);
}
