using System.Diagnostics;
using System.Globalization;
using AuthServer.Core.Connections;
using AuthServer.Core.Logs;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Storage.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Faults;

/// <summary>Times the searches of the Management API in a store of many users, over HTTP.</summary>
internal static class Searches
{
    private const int Batch = 500;
    private const int Calls = 21;

    private static readonly (string Path, string Query)[] Asked =
    [
        ("users", "email:\"user77777@example.com\""),
        ("users", "name:\"given77777 family777\""),
        ("users", "app_metadata.account.number:77777"),
        ("users", "user_metadata.code:\"c77777\""),
        ("users", "identities.user_id:\"000000000000000000077777\""),
        ("users", "user77777@example.com"),
        ("users", "email:user7777*"),
        ("users", "name:given777* AND app_metadata.plan:gold"),
        ("users", "app_metadata.account.number:[77700 TO 77800}"),
        ("users", "app_metadata.plan:gold"),
        ("users", "logins_count:777"),
        ("users", "name:*ven77777*"),
        ("users", "NOT email:user*"),
        ("logs", "user_id:\"auth0|000000000000000000077777\""),
        ("logs", "date:[2029-01-01T10:00 TO 2029-01-01T10:01]"),
        ("logs", "type:f AND ip:192.0.2.77"),
    ];

    public static async Task RunAsync(Place place, int users)
    {
        await using var deployment = await Deployment.StartAsync(place);
        await deployment.DieAsync(0);
        await FillAsync(deployment, users);
        await deployment.ComeAsync(0);
        using var administrator = await Administrator.SignInAsync(deployment);
        foreach (var (path, query) in Asked)
        {
            var times = new List<TimeSpan>();
            var found = 0;
            for (var call = 0; call < Calls; call++)
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await administrator.GetAsync($"{path}?per_page=10&q={Uri.EscapeDataString(query)}");
                found = answer.GetArrayLength();
                times.Add(Stopwatch.GetElapsedTime(start));
            }

            times.Sort();
            Report.Row($"{path} `{query}`", place.Name, found, Milliseconds(times[Calls / 2]), Milliseconds(times[^1]));
        }
    }

    private static string Milliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static async Task FillAsync(Deployment deployment, int users)
    {
        var key = MasterKey.ReadOrCreate(deployment.Data);
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        await using var provider = (deployment.Postgres is { } postgres
            ? services.AddPostgresStorage(postgres, _ => key)
            : services.AddSqliteStorage(_ => deployment.Data, _ => key)).BuildServiceProvider();
        for (var first = 0; first < users; first += Batch)
        {
            await using var scope = provider.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
            foreach (var number in Enumerable.Range(first, Batch))
                db.AddRange(NewUserOf(number), NewEventOf(number));
            await db.SaveChangesAsync();
            Report.Progress(deployment.Place.Name, first + Batch, users);

            // PostgreSQL of the tests does not gather statistics by itself, as others do.
            if (first + Batch >= users && deployment.Postgres is not null)
                await db.Database.ExecuteSqlRawAsync("ANALYZE");
        }
    }

    private static User NewUserOf(int number)
    {
        var user = NewUser.InDatabase(
            Connection.DefaultDatabase, $"user{number}@example.com", DateOf(number), IdOf(number));
        (user.GivenName, user.FamilyName) = ($"Given{number}", $"Family{number % 1000}");
        user.Name = $"{user.GivenName} {user.FamilyName}";
        user.LoginsCount = number % 5000;
        var plan = number % 4 == 0 ? "gold" : "free";
        user.AppMetadata = $$$"""{"plan":"{{{plan}}}","account":{"number":{{{number}}},"seats":5}}""";
        user.UserMetadata = $$"""{"code":"c{{number}}","lang":"en","tags":["a","b{{number % 10}}"]}""";
        return user;
    }

    private static LogEvent NewEventOf(int number) => new()
    {
        Date = DateOf(number),
        Type = number % 10 == 0 ? "f" : "s",
        UserId = $"auth0|{IdOf(number)}",
        Ip = $"192.0.2.{number % 250}",
    };

    private static string IdOf(int number) => number.ToString("d24", CultureInfo.InvariantCulture);

    private static DateTimeOffset DateOf(int number) =>
        new DateTimeOffset(2029, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number);
}
