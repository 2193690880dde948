using System.Globalization;
using AuthServer.Core.Model;

namespace AuthServer.Web.Management.Logs;

/// <summary>
/// <c>log_id</c>, in the form of Auth0's: digits that tell the day and the moment, and then the event's place in the
/// log. Events are read on from one of them in the order of their places.
/// </summary>
internal static class LogIds
{
    private const string Prefix = "900";
    private const string Moment = "yyyyMMddHHmmssfff";
    private const string Place = "D19";
    private const int PlaceDigits = 19;
    private static readonly int Length = Prefix.Length + Moment.Length + PlaceDigits;

    public static string Of(LogEvent logged) =>
        string.Concat(
            Prefix,
            logged.Date.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture),
            logged.Id.ToString(Place, CultureInfo.InvariantCulture));

    /// <returns>The place of the event in the log; null for what is no log id.</returns>
    public static long? PlaceOf(string logId) =>
        logId.Length == Length
        && logId.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(
            logId.AsSpan(Length - PlaceDigits), NumberStyles.None, CultureInfo.InvariantCulture,
            out var place)
            ? place
            : null;
}
