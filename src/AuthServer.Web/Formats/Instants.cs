using System.Globalization;

namespace AuthServer.Web.Formats;

/// <summary>Text of a moment, for machines: <c>2026-11-21T08:00:00.000Z</c>.</summary>
internal static class Instants
{
    public static string Iso(this DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant)
            ? instant
            : null;
}
