using System.Globalization;
using AuthServer.Faults;
using AuthServer.Faults.Races;
using AuthServer.Faults.Stores;

// dotnet run --project tests/AuthServer.Faults [kills|races|stores|all|searches|pages|tokens] [NUMBER] [SEED] [STORE]
// docs/operations.md says what they do and print. On SQLite, and on PostgreSQL where AUTHSERVER_TEST_POSTGRES names a
// server; or on the one of them whose name begins with STORE.
var verb = args is [var first, ..] && !char.IsAsciiDigit(first[0]) ? first : null;
var rest = (verb is null ? args : args[1..]).ToLookup(word => char.IsAsciiDigit(word[0]));
var numbers = rest[true].Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
var store = rest[false].FirstOrDefault("");
var places = Place.All.Where(place => place.Name.StartsWith(store, StringComparison.OrdinalIgnoreCase)).ToList();
var seed = numbers.Count > 1 ? numbers[1] : Environment.ProcessId;
int Rounds(int usual) => numbers.Count > 0 ? numbers[0] : usual;

return verb switch
{
    _ when places.Count == 0 => Unknown($"There is no store {store} here."),
    null or "kills" => await KillAsync(Rounds(300)),
    "races" => await RaceAsync(Rounds(200)),
    "stores" => await FailAsync(TimeSpan.FromSeconds(Rounds(10))),
    "searches" => await SearchAsync(Rounds(100_000)),
    "pages" => await OpenPagesAsync(Rounds(100_000)),
    "tokens" => await CostAsync(Rounds(1_000_000)),
    "all" => await KillAsync(300) + await RaceAsync(200) + await FailAsync(TimeSpan.FromSeconds(10)) == 0 ? 0 : 1,
    _ => Unknown("kills, races, stores, all, searches, pages or tokens"),
};

async Task<int> KillAsync(int rounds)
{
    Console.WriteLine($"kill -9, {rounds} times, seed {seed}");
    Report.Head("store", "kills", "acknowledged", "lost", "doubled", "false alarms", "risen", "unclean");
    var clean = true;
    foreach (var place in places)
    {
        await using var deployment = await Deployment.StartAsync(place);
        var tally = await new Kills(deployment, seed).RunAsync(
            rounds, round => Report.Progress(place.Name, round, rounds));
        Report.Row(
            place.Name, tally.Rounds, tally.Acknowledged, tally.Lost, tally.Doubled, tally.FalseAlarms, tally.Risen,
            tally.Unclean);
        clean &= tally.Clean;
    }

    return clean ? 0 : 1;
}

async Task<int> RaceAsync(int rounds)
{
    Console.WriteLine($"{RaceTrack.Racers} at once, seed {seed}");
    Report.Head("what", "store", "rounds", "requests", "winners", "expected", "unclean");
    var clean = true;
    foreach (var place in places)
    {
        await using var deployment = await Deployment.StartAsync(place);
        var track = new RaceTrack(deployment, seed);
        foreach (var (name, _, _) in RaceTrack.All)
        {
            var tally = await track.RunAsync(name, rounds, round => Report.Progress(name, round, rounds));
            Report.Row(
                name,
                place.Name,
                tally.Rounds,
                tally.Rounds * RaceTrack.Racers,
                $"{tally.Fewest}..{tally.Max}",
                tally.Winners,
                tally.Unclean);
            clean &= tally.Clean;
        }
    }

    return clean ? 0 : 1;
}

async Task<int> FailAsync(TimeSpan length)
{
    Console.WriteLine($"stores that fail, each for {length.TotalSeconds} s");
    Report.Head(
        "fault", "store", "refused", "acknowledged", "unclean", "unserved", "slowest write", "slowest read",
        "healed after", "lost", "risen");
    var clean = true;
    foreach (var (name, place, openAsync) in Outages.All.Where(outage => places.Contains(outage.Place)))
    {
        try
        {
            var tally = await Drill.RunAsync(openAsync, length);
            Report.Row(
                name,
                place.Name,
                tally.Refused,
                tally.Acknowledged,
                tally.Unclean,
                tally.Unserved,
                Report.Seconds(tally.SlowestWrite),
                Report.Seconds(tally.SlowestRead),
                Report.Seconds(tally.Healed),
                tally.Lost,
                tally.Risen);
            clean &= tally is { Clean: true, InTime: true };
        }
        catch (NotHereException missing)
        {
            Report.Row(name, place.Name, "skipped: " + missing.Message);
        }
    }

    return clean ? 0 : 1;
}

async Task<int> SearchAsync(int users)
{
    Console.WriteLine($"searches of {users} users and as many events, in milliseconds");
    Report.Head("search", "store", "found", "median", "slowest");
    foreach (var place in places.Where(place => place.Nodes == 1))
        await Searches.RunAsync(place, users);
    return 0;
}

async Task<int> OpenPagesAsync(int users)
{
    Console.WriteLine($"pages of the dashboard with {users} users and as many events, in milliseconds");
    Report.Head("page", "store", "characters", "median", "slowest");
    foreach (var place in places.Where(place => place.Nodes == 1))
        await DashboardPages.RunAsync(place, users);
    return 0;
}

async Task<int> CostAsync(int authorizations)
{
    Console.WriteLine($"CPU of the server in microseconds, with {authorizations} live authorizations and with none");
    Report.Head("request", "store", "none", "many", "CPU, many / none", "time, many / none");
    foreach (var place in places.Where(place => place.Nodes == 1))
        await TokenCosts.RunAsync(place, authorizations);
    return 0;
}

static int Unknown(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
