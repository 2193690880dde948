
using System.Net;

namespace AuthServer.Faults;

/// <summary>Counts; everything but the first two has to be zero.</summary>
public sealed record Tally(int Rounds, int Acknowledged)
{
    /// <summary>Answered with success, and gone after the restart.</summary>
    public int Lost { get; init; }

    /// <summary>A code that gave tokens twice.</summary>
    public int Doubled { get; init; }

    /// <summary>An honest client that repeats an unanswered refresh, and lost its grant.</summary>
    public int FalseAlarms { get; init; }

    /// <summary>Revoked, acknowledged, and valid again.</summary>
    public int Risen { get; init; }

    /// <summary>An answer that is neither success, nor a clean refusal, nor 503.</summary>
    public int Unclean { get; init; }

    public bool Clean => (Lost, Doubled, FalseAlarms, Risen, Unclean) == (0, 0, 0, 0, 0);
}

/// <summary>
/// <c>kill -9</c> at a random moment while codes are redeemed, tokens rotate and authorizations are revoked; then the
/// same clients continue.
/// </summary>
public sealed class Kills(Deployment deployment, int seed)
{
    private const int Families = 6;
    private const int Codes = 4;

#pragma warning disable CA5394 // The moments of the kills; a seed repeats them.
    private readonly Random random = new(seed);
#pragma warning restore CA5394

    public async Task<Tally> RunAsync(int rounds, Action<int>? progress = null)
    {
        using var person = await Person.SignInAsync(deployment);
        var tally = new Tally(rounds, 0);
        var families = new string[Families];
        for (var i = 0; i < Families; i++)
            families[i] = await person.NewFamilyAsync();

        for (var round = 1; round <= rounds; round++)
        {
            tally = await RoundAsync(person, families, tally);
            progress?.Invoke(round);
        }

        return tally;
    }

    private async Task<Tally> RoundAsync(Person person, string[] families, Tally tally)
    {
        var codes = new List<string>();
        for (var i = 0; i < Codes; i++)
            codes.Add(await person.CodeAsync());
        var condemned = await person.NewFamilyAsync();

        using var dead = new CancellationTokenSource();
        var rotating = families.Select(async (token, i) =>
        {
            var acknowledged = 0;
            while (!dead.IsCancellationRequested
                && await person.RefreshAsync(families[i]) is var outcome
                && !outcome.Unanswered)
            {
                if (outcome.RefreshToken is { } next)
                    (families[i], acknowledged) = (next, acknowledged + 1);
                else if (outcome.Status != HttpStatusCode.ServiceUnavailable)
                    return (acknowledged, Failed: true);
            }

            return (acknowledged, Failed: false);
        }).ToList();
        var redeeming = codes.Select(async code =>
        {
            await Task.Delay(Moment(150));
            return await person.RedeemAsync(code);
        }).ToList();
        var revoking = RevokeAfterAsync(person, condemned, Moment(150));

        await Task.Delay(Moment(250));
        var victim = Node();
        await deployment.DieAsync(victim);
        await dead.CancelAsync();
        var rotated = await Task.WhenAll(rotating);
        var redeemed = await Task.WhenAll(redeeming);
        var revoked = await revoking;
        deployment.Examine();

        // While another node is alive, the clients continue there immediately.
        if (deployment.Place.Nodes == 1)
            await deployment.ComeAsync(victim);

        tally = tally with
        {
            Acknowledged = tally.Acknowledged + rotated.Sum(r => r.acknowledged) + redeemed.Count(r => r.Acknowledged),
            Unclean = tally.Unclean + rotated.Count(r => r.Failed),
        };
        tally = await ExamineCodesAsync(person, codes, redeemed, tally);
        if (revoked.Acknowledged && (await person.RefreshAsync(condemned)).Acknowledged)
            tally = tally with { Risen = tally.Risen + 1 };
        tally = await ExamineFamiliesAsync(person, families, tally);
        await deployment.ComeAsync(victim);
        return tally;
    }

    private static async Task<Tally> ExamineCodesAsync(Person person, List<string> codes, Reply[] redeemed, Tally tally)
    {
        for (var i = 0; i < codes.Count; i++)
        {
            if (redeemed[i].RefreshToken is { } kept)
            {
                if (!(await person.RefreshAsync(kept)).Acknowledged)
                    tally = tally with { Lost = tally.Lost + 1 };
                if ((await person.RedeemAsync(codes[i])).Acknowledged)
                    tally = tally with { Doubled = tally.Doubled + 1 };
                continue;
            }

            // Unanswered: the code works once more, or was consumed; never both.
            if ((await person.RedeemAsync(codes[i])).Acknowledged && (await person.RedeemAsync(codes[i])).Acknowledged)
                tally = tally with { Doubled = tally.Doubled + 1 };
        }

        return tally;
    }

    private static async Task<Tally> ExamineFamiliesAsync(Person person, string[] families, Tally tally)
    {
        for (var i = 0; i < families.Length; i++)
        {
            var outcome = await person.RefreshAsync(families[i]);
            if (outcome.RefreshToken is { } next)
            {
                families[i] = next;
                continue;
            }

            tally = tally with { FalseAlarms = tally.FalseAlarms + 1 };
            families[i] = await person.NewFamilyAsync();
        }

        return tally;
    }

    private static async Task<Reply> RevokeAfterAsync(Person person, string token, TimeSpan moment)
    {
        await Task.Delay(moment);
        return await person.RevokeAsync(token);
    }

#pragma warning disable CA5394
    private TimeSpan Moment(int mostMilliseconds) => TimeSpan.FromMilliseconds(random.Next(mostMilliseconds));

    private int Node() => random.Next(deployment.Place.Nodes);
#pragma warning restore CA5394
}
