using System.Diagnostics;

namespace AuthServer.Faults;

/// <summary>Times the searches of the Management API in a store of many users, over HTTP.</summary>
internal static class Searches
{
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
        await ManyUsers.FillAsync(deployment, users);
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
            Report.Row(
                $"{path} `{query}`",
                place.Name,
                found,
                Report.Milliseconds(times[Calls / 2]),
                Report.Milliseconds(times[^1]));
        }
    }
}
