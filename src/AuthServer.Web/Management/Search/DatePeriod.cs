using System.Globalization;

namespace AuthServer.Web.Management.Search;

/// <summary>The time that a date stands for: a year, a month, a day, or less.</summary>
/// <param name="Start">The first moment.</param>
/// <param name="End">The first moment behind it.</param>
internal sealed record DatePeriod(DateTimeOffset Start, DateTimeOffset End)
{
    private static readonly (string Format, Func<DateTimeOffset, DateTimeOffset> Next)[] Forms =
    [
        ("yyyy", start => start.AddYears(1)),
        ("yyyy-MM", start => start.AddMonths(1)),
        ("yyyy-MM-dd", start => start.AddDays(1)),
        ("yyyy-MM-dd'T'HHK", start => start.AddHours(1)),
        ("yyyy-MM-dd'T'HH:mmK", start => start.AddMinutes(1)),
        ("yyyy-MM-dd'T'HH:mm:ssK", start => start.AddSeconds(1)),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", start => start.AddMilliseconds(1)),
    ];

    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <returns>Null for what is not a date.</returns>
    public static DatePeriod? Read(string text)
    {
        foreach (var (format, next) in Forms)
        {
            if (DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, Utc, out var start))
                return new(start, After(start, next));
        }

        return null;
    }

    private static DateTimeOffset After(DateTimeOffset start, Func<DateTimeOffset, DateTimeOffset> next)
    {
        try
        {
            return next(start);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The calendar ends.
            return DateTimeOffset.MaxValue;
        }
    }
}
