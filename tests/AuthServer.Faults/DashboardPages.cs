using System.Diagnostics;
using AuthServer.TestKit;

namespace AuthServer.Faults;

/// <summary>Times the screens of the dashboard in a store of many users, over HTTP.</summary>
internal static class DashboardPages
{
    private const int Calls = 21;

    private static readonly string[] Paths =
    [
        "/dashboard",
        "/dashboard/users",
        "/dashboard/users?page=39",
        "/dashboard/users?q=user777",
        "/dashboard/users?state=blocked",
        "/dashboard/users?state=unconfirmed",
        "/dashboard/users/auth0%7C000000000000000000077777/history",
        "/dashboard/logs",
        "/dashboard/logs?page=39",
        "/dashboard/logs?type=refused",
        "/dashboard/logs?q=user77777%40example.com",
        "/dashboard/logs?q=192.0.2.77",
        "/dashboard/applications",
        "/dashboard/applications?page=39",
        "/dashboard/applications?q=application+77",
        "/dashboard/organizations",
        "/dashboard/organizations?page=399",
        "/dashboard/organizations?q=organization-77",
        "/dashboard/organizations/org_0000000000000770/members",
        "/dashboard/apis",
        "/dashboard/roles",
        "/dashboard/connections",
        "/dashboard/branding",
        "/dashboard/protection",
        "/dashboard/actions",
        "/dashboard/signing-keys",
        "/dashboard/settings",
        "/dashboard/settings/administrators",
    ];

    public static async Task RunAsync(Place place, int users)
    {
        await using var deployment = await Deployment.StartAsync(place);
        await deployment.DieAsync(0);
        await ManyUsers.FillAsync(deployment, users);
        await deployment.ComeAsync(0);
        using var browser = new Browser(deployment.Address);
        await browser.OpenAsync("/dashboard");
        await browser.SignInAsync(TestServer.AdminEmail, TestServer.AdminPassword);
        await browser.ClickAsync("way-on");
        using var http = deployment.NewHttp();
        http.DefaultRequestHeaders.Add(
            "Cookie", string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        foreach (var path in Paths)
        {
            var (times, bytes) = (new List<TimeSpan>(), 0);
            for (var call = 0; call < Calls; call++)
            {
                var start = Stopwatch.GetTimestamp();
                bytes = (await http.GetStringAsync(path)).Length;
                times.Add(Stopwatch.GetElapsedTime(start));
            }

            times.Sort();
            Report.Row(
                path, place.Name, bytes, Report.Milliseconds(times[Calls / 2]), Report.Milliseconds(times[^1]));
        }
    }
}
