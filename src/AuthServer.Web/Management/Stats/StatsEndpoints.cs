using System.Globalization;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Stats;

internal static class StatsEndpoints
{
    private const string Day = "yyyyMMdd";

    public static void MapStats(this RouteGroupBuilder api)
    {
        api.MapGet("/stats/daily", DailyAsync).RequireScope("read:stats");
        api.MapGet("/stats/active-users", ActiveUsersAsync).RequireScope("read:stats");
    }

    private static async Task<IResult> DailyAsync(HttpContext http, StatsService stats, CancellationToken ct) =>
        TypedResults.Ok(await stats.DailyAsync(DayOf(http, "from"), DayOf(http, "to"), ct));

    private static async Task<IResult> ActiveUsersAsync(StatsService stats, CancellationToken ct) =>
        TypedResults.Ok(await stats.ActiveUsersAsync(ct));

    private static DateOnly? DayOf(HttpContext http, string name)
    {
        if (Query.Text(http, name) is not { } text)
            return null;
        return DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Query.Bad($"Expected a day such as 20261121 on property {name}");
    }
}
