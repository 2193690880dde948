namespace AuthServer.Faults.Races;

/// <summary>Counts of the rounds of one race.</summary>
public sealed record RaceTally(string Race, Place Place, int Rounds, int Winners)
{
    public int Fewest { get; init; } = int.MaxValue;

    public int Max { get; init; }

    /// <summary>An answer that is neither the prize nor a clean refusal.</summary>
    public int Unclean { get; init; }

    public bool Clean => (Fewest, Max, Unclean) == (Winners, Winners, 0);
}

/// <summary>Many clients request at once what only one may have, many times.</summary>
public sealed class RaceTrack(Deployment deployment, int seed)
{
    public const int Racers = 64;

    /// <summary>Rounds that are prepared together; what they are about has to live so long.</summary>
    private const int Batch = 20;

    /// <summary>
    /// The races, and every how many of the rounds they take part in: a password costs a fifth of a second of a core by
    /// intent.
    /// </summary>
    public static readonly IReadOnlyList<(string Name, int Every, Func<Deployment, Task<IRace>> OpenAsync)> All =
    [
        ("authorization code", 1, CodeRace.OpenAsync),
        ("refresh token, leeway 0", 1, RotationRace.OpenAsync),
        ("refresh token, leeway 60", 1, LeewayRace.OpenAsync),
        ("pushed request", 1, PushedRace.OpenAsync),
        ("client assertion", 1, AssertionRace.OpenAsync),
        ("DPoP proof", 1, ProofRace.OpenAsync),
        ("invitation", 1, InvitationRace.OpenAsync),
        ("verification ticket", 1, TicketRace.OpenVerificationAsync),
        ("reset ticket", 20, TicketRace.OpenResetAsync),
        ("login budget", 10, LockoutRace.OpenAsync),
    ];

#pragma warning disable CA5394 // How far the racers are apart; a seed repeats it.
    private readonly Random random = new(seed);
#pragma warning restore CA5394
    private readonly HttpClient http = deployment.NewHttp();

    public async Task<RaceTally> RunAsync(string name, int rounds, Action<int>? progress = null)
    {
        var (_, every, openAsync) = All.Single(race => race.Name == name);
        var race = await openAsync(deployment);
        var tally = new RaceTally(name, deployment.Place, (rounds + every - 1) / every, Winners: 1);
        for (var done = 0; done < tally.Rounds;)
        {
            foreach (var heat in await Task.WhenAll(
                    Enumerable.Range(0, Math.Min(Batch, tally.Rounds - done)).Select(_ => race.PrepareAsync())))
            {
                tally = await RunAsync(heat, tally);
                done++;
                progress?.Invoke(done);
            }
        }

        return tally;
    }

    private async Task<RaceTally> RunAsync(Heat heat, RaceTally tally)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racers = Enumerable.Range(0, Racers).Select(async racer =>
        {
            var request = heat.Reach(racer);
            var late = Late();
            await start.Task;
            await Task.Delay(late);
            return await http.AskAsync(request);
        }).ToList();
        start.SetResult();
        var replies = await Task.WhenAll(racers);

        var won = replies.Select((reply, racer) => (Reply: reply, Prize: heat.Won(racer, reply))).ToList();
        var winners = await heat.CountAsync(
            won.Select(w => w.Prize).OfType<string>().ToHashSet(StringComparer.Ordinal));
        return tally with
        {
            Winners = heat.Winners,
            Fewest = Math.Min(tally.Fewest, winners),
            Max = Math.Max(tally.Max, winners),
            Unclean = tally.Unclean + won.Count(w => w.Prize is null && !heat.Refused(w.Reply)),
        };
    }

#pragma warning disable CA5394
    private TimeSpan Late() => TimeSpan.FromMilliseconds(random.Next(3));
#pragma warning restore CA5394
}
