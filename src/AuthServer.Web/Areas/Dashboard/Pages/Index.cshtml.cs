using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Mail;
using AuthServer.Web.Management.Logs;
using AuthServer.Web.Management.Stats;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Pages;

/// <summary>
/// Figures of the tenant, and what is left to do before production; each where its permission is there.
/// </summary>
internal sealed class IndexModel(
    DashboardServices services,
    Tenant tenant,
    UserService users,
    StatsService stats,
    LogService logs,
    IEmailSender email,
    IHostEnvironment environment)
    : DashboardPage(services)
{
    /// <summary>The check that a setting of the dashboard decides.</summary>
    public const string Registration = "Registration";

    private const int DayCount = 7;
    private const int EventCount = 8;

    public string Host => tenant.Issuer.Uri.Authority;

    public IReadOnlyList<(string Name, int Number)> Figures { get; private set; } = [];

    public IReadOnlyList<DayFigures> Days { get; private set; } = [];

    /// <summary>What production needs, and whether it is there.</summary>
    public IReadOnlyList<(string Name, bool IsDone)> Checks { get; private set; } = [];

    public ResourcePage Events { get; private set; } = ResourcePage.None;

    /// <summary>The height of a bar whose greatest is <paramref name="greatest"/>.</summary>
    public int HeightOf(int number, int greatest) => number * greatest / Math.Max(1, Days.Max(day => day.Logins));

    public async Task OnGetAsync(CancellationToken ct)
    {
        var figures = new List<(string, int)>();
        if (May("GET /api/v2/users"))
            figures.Add(("Users", await UsersAsync(new UserFilter(), ct)));
        if (May("GET /api/v2/stats/active-users"))
            figures.Add(("Active", await stats.ActiveUsersAsync(ct)));
        if (May("GET /api/v2/stats/daily"))
        {
            Days = await DaysAsync(ct);
            figures.Add(("Today", Days[^1].Logins));
        }

        if (May("GET /api/v2/users"))
            figures.Add(("Blocked", await UsersAsync(new UserFilter { Search = "blocked:true" }, ct)));
        Figures = figures;
        if (May("GET /api/v2/logs"))
            Events = ResourcePage.Of(
                await logs.ListAsync(new LogFilter(), Everything with { Size = EventCount }, Fields.All, ct), "logs");
        if (May("GET /api/v2/tenants/settings"))
            Checks = ChecksOf();
    }

    private async Task<int> UsersAsync(UserFilter filter, CancellationToken ct) =>
        ResourcePage.Of(await users.ListAsync(filter, Everything with { Size = 1 }, Fields.All, ct), "users").Total;

    private async Task<IReadOnlyList<DayFigures>> DaysAsync(CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var days = await stats.DailyAsync(today.AddDays(1 - DayCount), today, ct);
        return
        [
            .. days.Select((day, i) => new DayFigures(
                today.AddDays(1 - DayCount + i), (int)day!["logins"]!, (int)day["signups"]!)),
        ];
    }

    private (string Name, bool IsDone)[] ChecksOf() =>
    [
        ("Environment", !environment.IsDevelopment()),
        ("Https", tenant.Issuer.Scheme == Uri.UriSchemeHttps),
        ("Email", email.IsOpen && !environment.IsDevelopment()),
        (Registration, !tenant.Settings.Flag(TenantFlags.EnableDynamicClientRegistration)),
    ];
}

/// <summary>What happened on a day, in UTC.</summary>
internal sealed record DayFigures(DateOnly Date, int Logins, int Signups);
