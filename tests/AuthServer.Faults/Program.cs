using System.Globalization;
using AuthServer.Faults;
using AuthServer.TestKit;

// dotnet run --project tests/AuthServer.Faults [ROUNDS] [SEED]: on SQLite, and on PostgreSQL where AUTHSERVER_TEST_POSTGRES names a server.
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 300;
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.ProcessId;
Console.WriteLine($"kill -9, {rounds} times, seed {seed}");
Console.WriteLine("| store | kills | acknowledged | lost | doubled | false alarms | risen | unclean |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
var clean = true;
foreach (var embedded in TestPostgres.Server is null ? [true] : (bool[])[true, false])
{
    await using var deployment = await Deployment.StartAsync(embedded);
    var tally = await new Kills(deployment, seed).RunAsync(rounds, round => Console.Error.Write($"\r{round}/{rounds} "));
    Console.Error.Write('\r');
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {(embedded ? "SQLite" : "PostgreSQL")} | {tally.Rounds} | {tally.Acknowledged} | {tally.Lost} | {tally.Doubled} | {tally.FalseAlarms} | {tally.Risen} | {tally.Unclean} |"));
    clean &= tally.Clean;
}

return clean ? 0 : 1;
