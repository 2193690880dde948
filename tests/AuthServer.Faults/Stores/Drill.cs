using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace AuthServer.Faults.Stores;

/// <summary>Counts while a store failed, and afterwards.</summary>
public sealed record DrillTally
{
    /// <summary>503, <c>temporarily_unavailable</c>.</summary>
    public int Refused { get; init; }

    /// <summary>Answered with success, while the store failed.</summary>
    public int Acknowledged { get; init; }

    /// <summary>A write's answer that is neither.</summary>
    public int Unclean { get; init; }

    /// <summary>
    /// Failures of endpoints that need no store: discovery, keys, health, the rejection of a forged token.
    /// </summary>
    public int Unserved { get; init; }

    public TimeSpan SlowestWrite { get; init; }

    public TimeSpan SlowestRead { get; init; }

    /// <summary>From the end of the fault until something could be stored again.</summary>
    public TimeSpan Healed { get; init; }

    /// <summary>Acknowledged, and gone; or a client that repeated a refused refresh, and lost its grant.</summary>
    public int Lost { get; init; }

    /// <summary>Revoked, acknowledged, and still valid; or redeemed twice.</summary>
    public int Risen { get; init; }

    /// <summary>Nothing could be stored, although changes were acknowledged.</summary>
    public required bool WasTotal { get; init; }

    public bool Clean =>
        (Unclean, Unserved, Lost, Risen) == (0, 0, 0, 0) && Refused > 0 && !(WasTotal && Acknowledged > 0);

    /// <summary>On a machine that has nothing else to do.</summary>
    public bool InTime =>
        SlowestWrite < TimeSpan.FromSeconds(10)
        && SlowestRead < TimeSpan.FromSeconds(2)
        && Healed < TimeSpan.FromSeconds(5);
}

/// <summary>
/// Clients continue while a store fails (docs/operations.md#when-the-store-fails); refused requests are repeated when
/// it has recovered.
/// </summary>
public sealed class Drill(Outage outage, Person person)
{
    private const int Families = 6;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private readonly HttpClient http = outage.Deployment.NewHttp(Timeout);
    private readonly List<(Reply Reply, TimeSpan Took)> writes = [];
    private readonly List<(bool Served, TimeSpan Took)> reads = [];

    public static async Task<DrillTally> RunAsync(Func<Task<Outage>> openAsync, TimeSpan length)
    {
        await using var outage = await openAsync();
        using var person = await Person.SignInAsync(outage.Deployment);
        return await new Drill(outage, person).RunAsync(length);
    }

    private async Task<DrillTally> RunAsync(TimeSpan length)
    {
        var families = await Task.WhenAll(Enumerable.Range(0, Families).Select(_ => person.NewFamilyAsync()));
        var (condemned, code) = (await person.NewFamilyAsync(), await person.CodeAsync());
        foreach (var path in Public)
            await person.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

        await outage.BreakAsync();
        using var over = new CancellationTokenSource(length);
        var revoked = RepeatAsync(() => person.RevokeAsync(condemned), over.Token);
        var redeemed = RepeatAsync(() => person.RedeemAsync(code), over.Token);
        var rotating = families.Select(async (_, i) =>
        {
            while (!over.IsCancellationRequested)
            {
                families[i] = (await WriteAsync(() => person.RefreshAsync(families[i]))).RefreshToken ?? families[i];
                await Task.Delay(20);
            }
        }).ToList();
        await ReadAsync(over.Token);
        await Task.WhenAll([revoked, redeemed, .. rotating]);

        await outage.MendAsync();
        var healing = Stopwatch.StartNew();
        while (!(await person.RefreshAsync(families[0])).Acknowledged && healing.Elapsed < Timeout)
            await Task.Delay(50);
        var healed = healing.Elapsed;

        // The first one repeats itself here, within its leeway.
        var refreshed = await Task.WhenAll(families.Select(person.RefreshAsync));
        var known = (await redeemed)?.RefreshToken;
        var kept = known is null || (await person.RefreshAsync(known)).Acknowledged;
        var twice =
            (await person.RedeemAsync(code)).Acknowledged
            && (known is not null || (await person.RedeemAsync(code)).Acknowledged);
        var alive = (await person.RefreshAsync(condemned)).Acknowledged;
        outage.Deployment.Examine();
        return new DrillTally
        {
            WasTotal = outage.IsTotal,
            Refused = writes.Count(w => IsRefusal(w.Reply)),
            Acknowledged = writes.Count(w => w.Reply.Acknowledged),
            Unclean = writes.Count(w => !w.Reply.Acknowledged && !IsRefusal(w.Reply)),
            Unserved = reads.Count(r => !r.Served),
            SlowestWrite = writes.Max(w => w.Took),
            SlowestRead = reads.Max(r => r.Took),
            Healed = healed,
            Lost = refreshed.Count(reply => !reply.Acknowledged) + (kept ? 0 : 1),
            Risen = (twice ? 1 : 0) + (await revoked is not null && alive ? 1 : 0),
        };
    }

    private static bool IsRefusal(Reply reply) =>
        reply is { Status: HttpStatusCode.ServiceUnavailable, Error: "temporarily_unavailable" };

    private static IReadOnlyList<string> Public =>
        ["/.well-known/openid-configuration", "/.well-known/jwks.json", "/healthz"];

    /// <summary>Until it succeeds or is over.</summary>
    private async Task<Reply?> RepeatAsync(Func<Task<Reply>> call, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (await WriteAsync(call) is { Acknowledged: true } reply)
                return reply;
            await Task.Delay(20, CancellationToken.None);
        }

        return null;
    }

    private async Task<Reply> WriteAsync(Func<Task<Reply>> call)
    {
        var watch = Stopwatch.StartNew();
        var reply = await call();
        lock (writes)
            writes.Add((reply, watch.Elapsed));
        return reply;
    }

    private async Task ReadAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            foreach (var path in Public)
                await ServedAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpStatusCode.OK);
            var forged = new HttpRequestMessage(HttpMethod.Get, "/api/v2/clients")
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA") },
            };
            await ServedAsync(forged, HttpStatusCode.Unauthorized);
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private async Task ServedAsync(HttpRequestMessage request, HttpStatusCode expected)
    {
        var watch = Stopwatch.StartNew();
        reads.Add(((await http.AskAsync(request)).Status == expected, watch.Elapsed));
    }
}
