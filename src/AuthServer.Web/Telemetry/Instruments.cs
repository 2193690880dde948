using System.Diagnostics;
using System.Diagnostics.Metrics;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;

namespace AuthServer.Web.Telemetry;

/// <summary>
/// Metrics of this server. Every value of a label is from a closed set: text of a client never becomes a series.
/// </summary>
internal static class Instruments
{
    public const string Name = "AuthServer";
    public const string Success = "success";

    /// <summary>Category of each kind of event, and its result.</summary>
    private static readonly Dictionary<LogEventType, (Counter<long> Counter, TagList Labels)> Cases = [];

    private static readonly Histogram<double> HashingDuration;

    static Instruments()
    {
        var tokens = Meter.CreateCounter<long>("authserver.tokens", "{request}", "Answers of the token endpoint");
        foreach (var grantType in (string[])
                ["authorization_code", "client_credentials", "refresh_token", "password", "other"])
        {
            var (success, failure) = LogEventTypes.ExchangesOf(grantType);
            Cases[success] = (tokens, new TagList { { "grant_type", grantType }, { "outcome", Success } });
            Cases[failure] = (tokens, new TagList { { "grant_type", grantType } });
        }

        Cases[LogEventTypes.CodeReuse] = Cases[LogEventTypes.FailedCodeExchange];
        Cases[LogEventTypes.RefreshTokenReuse] = Cases[LogEventTypes.FailedRefreshExchange];

        var logins = Meter.CreateCounter<long>(
            "authserver.logins", "{login}", "Logins, with a password or at a provider");
        Cases[LogEventTypes.Login] = (logins, new TagList { { "outcome", Success } });
        Cases[LogEventTypes.WrongPassword] = (logins, new TagList { { "outcome", "wrong_password" } });
        Cases[LogEventTypes.UnknownUser] = (logins, new TagList { { "outcome", "unknown_user" } });
        Cases[LogEventTypes.FailedLogin] = (logins, new TagList { { "outcome", "refused" } });

        var lockouts = Meter.CreateCounter<long>(
            "authserver.lockouts", "{login}", "Logins that were refused because too many had failed");
        Cases[LogEventTypes.BlockedAccount] = (lockouts, new TagList { { "of", "account" } });
        Cases[LogEventTypes.BlockedAddress] = (lockouts, new TagList { { "of", "address" } });

        var registrations = Meter.CreateCounter<long>(
            "authserver.registrations", "{client}", "Clients that registered themselves");
        Cases[LogEventTypes.Registration] = (registrations, new TagList { { "outcome", Success } });
        Cases[LogEventTypes.FailedRegistration] = (registrations, []);

        HashingDuration = Meter.CreateHistogram<double>(
            "authserver.password_hashing.duration", "s", "How long a password takes on its core");
    }

    public static Meter Meter { get; } = new(Name);

    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Counts an event of the audit log; a failure by the code of its error.</summary>
    public static void Count(LogEventType type, LogEvent about)
    {
        if (!Cases.TryGetValue(type, out var known) || !known.Counter.Enabled)
            return;
        var labels = known.Labels;
        if (about.Error is { } error && labels.All(label => label.Key != "outcome"))
            labels.Add("outcome", error.Code);
        known.Counter.Add(1, labels);
    }

    public static void HashedPassword(TimeSpan duration) => HashingDuration.Record(duration.TotalSeconds);
}
