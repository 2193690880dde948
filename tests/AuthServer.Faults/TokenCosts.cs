using System.Diagnostics;
using System.Net.Http.Headers;

namespace AuthServer.Faults;

/// <summary>
/// The server's CPU for what needs the store, with an empty one and with one of many live authorizations, in turn.
/// </summary>
internal static class TokenCosts
{
    private const int Rounds = 7;
    private const int Callers = 16;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(Place place, int authorizations)
    {
        await using var empty = await StartAsync(place);
        await using var full = await StartAsync(place);
        using (var person = await Person.SignInAsync(full))
            await person.NewFamilyAsync();

        await full.DieAsync(0);
        await LiveAuthorizations.FillAsync(full, authorizations);
        await full.ComeAsync(0);

        using var callerOfEmpty = await Person.SignInAsync(empty, leeway: 0);
        using var callerOfFull = await Person.SignInAsync(full, leeway: 0);
        var (callsOfEmpty, callsOfFull) = (await CallsOfAsync(callerOfEmpty), await CallsOfAsync(callerOfFull));
        foreach (var ((name, ofEmpty), (_, ofFull)) in callsOfEmpty.Zip(callsOfFull))
        {
            var rounds = new List<(Cost Empty, Cost Full)>();
            for (var round = -8; round < Rounds; round++)
            {
                Report.Progress($"{place.Name}, {name}", round, Rounds);
                var costs = (await MeasureAsync(empty, ofEmpty), await MeasureAsync(full, ofFull));

                // The first rounds compile.
                if (round >= 0)
                    rounds.Add(costs);
            }

            Report.Row(
                name,
                place.Name,
                Report.Microseconds(Median(rounds.Select(round => round.Empty.Cpu))),
                Report.Microseconds(Median(rounds.Select(round => round.Full.Cpu))),
                Report.Ratio(Median(rounds.Select(round => round.Full.Cpu / round.Empty.Cpu))),
                Report.Ratio(Median(rounds.Select(round => round.Full.Latency / round.Empty.Latency))));
        }
    }

    private static Task<Deployment> StartAsync(Place place) => Deployment.StartAsync(
        place,
        settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Production" });

    private static async Task<IReadOnlyList<(string Name, Func<int, Task> CallAsync)>> CallsOfAsync(Person person)
    {
        var families = new string[Callers];
        for (var caller = 0; caller < Callers; caller++)
            families[caller] = await person.NewFamilyAsync();
        var accessToken = (await person.RefreshAsync(await person.NewFamilyAsync()))["access_token"]!;
        return
        [
            ("refresh", async caller =>
            {
                var reply = await person.RefreshAsync(families[caller]);
                families[caller] = reply.RefreshToken
                    ?? throw new InvalidOperationException($"No refresh token: {reply.Status} {reply.Error}");
            }),
            ("code, `/authorize` included", _ => person.NewFamilyAsync()),
            ("userinfo", async _ =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/userinfo");
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
                if (!(await person.SendAsync(request)).Acknowledged)
                    throw new InvalidOperationException("No user.");
            }),
        ];
    }

    private static async Task<Cost> MeasureAsync(Deployment deployment, Func<int, Task> callAsync)
    {
        var (cpu, start) = (deployment.Cpu, Stopwatch.GetTimestamp());
        var calls = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < Window; count++)
                await callAsync(caller);
            return count;
        }));
        return new Cost((deployment.Cpu - cpu) / calls.Sum(), Stopwatch.GetElapsedTime(start) / calls.Sum());
    }

    private static T Median<T>(IEnumerable<T> values) => values.Order().ElementAt(Rounds / 2);

    /// <param name="Cpu">Of the server, for one call.</param>
    /// <param name="Latency">The window, for each of its calls.</param>
    private sealed record Cost(TimeSpan Cpu, TimeSpan Latency);
}
