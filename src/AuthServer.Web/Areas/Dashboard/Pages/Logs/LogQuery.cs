using AuthServer.Core.Logs;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Logs;

namespace AuthServer.Web.Areas.Dashboard.Pages.Logs;

/// <summary>The filter of the log, as its form has it.</summary>
/// <param name="Text">The beginning of a name, an address or an id; or a query in Lucene's language.</param>
/// <param name="Group">One of <see cref="Groups"/>.</param>
/// <param name="Since">One of <see cref="Periods"/>.</param>
internal sealed record LogQuery(string? Text, string? Group, string? Since)
{
    public static IReadOnlyDictionary<string, string[]> Groups { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["logins"] = CodesOf(LogEventTypes.Login, LogEventTypes.Logout, LogEventTypes.Signup),
            ["refused"] = CodesOf(
                LogEventTypes.FailedLogin,
                LogEventTypes.WrongPassword,
                LogEventTypes.UnknownUser,
                LogEventTypes.BlockedAccount,
                LogEventTypes.BlockedAddress,
                LogEventTypes.FailedSignup,
                LogEventTypes.FailedLogout),
            ["tokens"] = CodesOf(
                LogEventTypes.CodeExchange,
                LogEventTypes.MachineExchange,
                LogEventTypes.PasswordExchange,
                LogEventTypes.RefreshExchange,
                LogEventTypes.FailedCodeExchange,
                LogEventTypes.FailedMachineExchange,
                LogEventTypes.FailedPasswordExchange,
                LogEventTypes.FailedRefreshExchange,
                LogEventTypes.RefreshTokenReuse,
                LogEventTypes.Revocation),
            ["passwords"] = CodesOf(
                LogEventTypes.PasswordChange,
                LogEventTypes.FailedPasswordChange,
                LogEventTypes.PasswordChangeRequest,
                LogEventTypes.FailedPasswordChangeRequest,
                LogEventTypes.Verification,
                LogEventTypes.VerificationRequest),
            ["changes"] = CodesOf(LogEventTypes.ApiOperation, LogEventTypes.FailedApiOperation),
        };

    public static IReadOnlyDictionary<string, TimeSpan> Periods { get; } =
        new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
        {
            ["hour"] = TimeSpan.FromHours(1),
            ["day"] = TimeSpan.FromDays(1),
            ["week"] = TimeSpan.FromDays(7),
        };

    public LogFilter FilterAt(DateTimeOffset now)
    {
        var searches = new List<string>();
        if (LuceneText.Search(Text, "user_name", "user_id", "client_name", "client_id", "ip") is { } search)
            searches.Add(search);
        if (Group is not null && Groups.TryGetValue(Group, out var codes))
            searches.Add(LuceneText.AnyOf("type", codes));
        if (Since is not null && Periods.TryGetValue(Since, out var period))
            searches.Add($"date:[{(now - period).Iso()} TO *]");
        return new LogFilter { Searches = searches };
    }

    private static string[] CodesOf(params LogEventType[] types) => [.. types.Select(type => type.Code)];
}
