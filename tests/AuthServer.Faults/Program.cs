using System.Globalization;
using AuthServer.Faults;
using AuthServer.Faults.Races;

// dotnet run --project tests/AuthServer.Faults [kills|races|stores|all] [ROUNDS] [SEED]; kills when not said.
// On SQLite, and on PostgreSQL where AUTHSERVER_TEST_POSTGRES names a server.
var verb = args is [var first, ..] && !char.IsAsciiDigit(first[0]) ? first : null;
var numbers = (verb is null ? args : args[1..]).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
var seed = numbers.Count > 1 ? numbers[1] : Environment.ProcessId;
int Rounds(int usual) => numbers.Count > 0 ? numbers[0] : usual;

return verb switch
{
    null or "kills" => await KillAsync(Rounds(300)),
    "races" => await RaceAsync(Rounds(200)),
    "all" => await KillAsync(Rounds(300)) + await RaceAsync(Rounds(200)) == 0 ? 0 : 1,
    _ => Unknown(),
};

async Task<int> KillAsync(int rounds)
{
    Console.WriteLine($"kill -9, {rounds} times, seed {seed}");
    Report.Head("store", "kills", "acknowledged", "lost", "doubled", "false alarms", "risen", "unclean");
    var clean = true;
    foreach (var place in Place.All)
    {
        await using var deployment = await Deployment.StartAsync(place);
        var tally = await new Kills(deployment, seed).RunAsync(rounds, round => Report.Progress(place.Name, round, rounds));
        Report.Row(place.Name, tally.Rounds, tally.Acknowledged, tally.Lost, tally.Doubled, tally.FalseAlarms, tally.Risen, tally.Unclean);
        clean &= tally.Clean;
    }

    return clean ? 0 : 1;
}

async Task<int> RaceAsync(int rounds)
{
    Console.WriteLine($"{RaceTrack.Racers} at once, seed {seed}");
    Report.Head("what", "store", "rounds", "requests", "winners", "expected", "unclean");
    var clean = true;
    foreach (var place in Place.All)
    {
        await using var deployment = await Deployment.StartAsync(place);
        var track = new RaceTrack(deployment, seed);
        foreach (var (name, _, _) in RaceTrack.All)
        {
            var tally = await track.RunAsync(name, rounds, round => Report.Progress(name, round, rounds));
            Report.Row(name, place.Name, tally.Rounds, tally.Rounds * RaceTrack.Racers, $"{tally.Fewest}..{tally.Most}", tally.Winners, tally.Unclean);
            clean &= tally.Clean;
        }
    }

    return clean ? 0 : 1;
}

static int Unknown()
{
    Console.Error.WriteLine("kills, races or all");
    return 2;
}
