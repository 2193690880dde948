using AuthServer.Core.Mail;
using AuthServer.Core.Users;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Areas.Dashboard.Pages.Protection;

/// <summary>A limit in force.</summary>
/// <param name="Name">The last part of the key of its text.</param>
/// <param name="Max">Zero or less: no limit.</param>
/// <param name="Window">In which it counts.</param>
/// <param name="Setting">What changes it in the configuration; null for a fixed one.</param>
internal sealed record LimitRow(string Name, int Max, TimeSpan Window, string? Setting = null);

/// <summary>The limits of sign-in, sign-up, registration and requests, and the settings that change them.</summary>
[RequiresScope("read:attack_protection")]
internal sealed class LimitsModel(DashboardServices services, ServerOptions options, IHostEnvironment environment)
    : DashboardPage(services)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The limits by what they hold back, with the last part of the key of its text.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<LimitRow> Rows)> Groups =>
    [
        ("Logins", [.. LoginRows]),
        ("Signups", [.. AccountRows]),
        ("Registration", [.. RegistrationRows]),
        ("Requests", [.. RequestRows]),
    ];

    private static IEnumerable<LimitRow> LoginRows => new (string Name, LoginRule Rule)[]
    {
        ("Browser", LoginRules.Browser("", "", "")),
        ("AccountFromAddress", LoginRules.AccountFromAddress("", "")),
        ("AccountFromUnknownAddresses", LoginRules.AccountFromUnknownAddresses("")),
        ("Address", LoginRules.Address("")),
    }.Select(row => new LimitRow(row.Name, row.Rule.Free, row.Rule.Window));

    private static IEnumerable<LimitRow> AccountRows => new (string Name, AttemptBudget Budget)[]
    {
        ("Signup", SignUpLimits.OfAddress("")[0]),
        ("Recipient", MailBudgets.OfRecipient("")[^1]),
        ("Emails", MailBudgets.OfAddress("")[0]),
    }.Select(row => new LimitRow(row.Name, row.Budget.Max, row.Budget.Window));

    private IEnumerable<LimitRow> RegistrationRows
    {
        get
        {
            var limits = options.Registration.Limits(environment.IsDevelopment());
            yield return new("PerHour", limits.PerHour, Hour, "Registration__PerHour");
            yield return new("PerHourInAll", limits.PerHourInAll, Hour, "Registration__PerHourInAll");
        }
    }

    private IEnumerable<LimitRow> RequestRows
    {
        get
        {
            var limits = options.RateLimits;
            var rows = new (string Name, int Max)[]
            {
                (nameof(limits.FailedClientAuthenticationsPerMinute), limits.FailedClientAuthenticationsPerMinute),
                (nameof(limits.TokenPerMinute), limits.TokenPerMinute),
                (nameof(limits.FormsPerMinute), limits.FormsPerMinute),
                (nameof(limits.PagesPerMinute), limits.PagesPerMinute),
                (nameof(limits.UnvettedPushesPerMinute), limits.UnvettedPushesPerMinute),
                (nameof(limits.UnvettedProofsPerMinute), limits.UnvettedProofsPerMinute),
                (nameof(limits.ManagementPerMinute), limits.ManagementPerMinute),
            };
            return rows.Select(row => new LimitRow(
                row.Name, limits.Enabled ? row.Max : 0, Minute, "RateLimits__" + row.Name));
        }
    }
}
