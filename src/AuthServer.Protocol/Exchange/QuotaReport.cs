using System.Globalization;
using AuthServer.Core.Clients;
using Microsoft.AspNetCore.Http;

namespace AuthServer.Protocol.Exchange;

/// <summary>How much of a quota is used, for the headers of the response.</summary>
/// <param name="Owner">As in the header's name: <c>Client</c>, <c>Organization</c>.</param>
/// <param name="Uses">None without a quota.</param>
internal sealed record QuotaReport(string Owner, IReadOnlyList<QuotaUse> Uses)
{
    /// <summary>
    /// The bucket that has no token left, of several the one that resets last; null when none was refused.
    /// </summary>
    public QuotaUse? Exceeded => Uses.LastOrDefault(use => use.IsExceeded);

    /// <summary>
    /// Writes Auth0's headers: those of every quota, or those of the one that refused the token and when it resets.
    /// </summary>
    public static void Write(IReadOnlyList<QuotaReport> reports, HttpResponse response, DateTimeOffset now)
    {
        var full = reports.FirstOrDefault(report => report.Exceeded is not null);
        foreach (var report in reports.Where(report => report.Uses.Count > 0 && (full is null || report == full)))
        {
            response.Headers[$"Auth0-{report.Owner}-Quota-Limit"] =
                string.Join(',', report.Uses.Select(use => Text(use, isRefused: full is not null, now)));
        }

        if (full?.Exceeded?.Bucket is not { } bucket)
            return;
        response.Headers["X-RateLimit-Limit"] = Text(bucket.Max);
        response.Headers["X-RateLimit-Remaining"] = "0";
        response.Headers["X-RateLimit-Reset"] = Text(bucket.ResetsAt.ToUnixTimeSeconds());
        response.Headers.RetryAfter = Text(SecondsUntil(bucket.ResetsAt, now));
    }

    private static string Text(QuotaUse use, bool isRefused, DateTimeOffset now)
    {
        var bucket = use.Bucket;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"b={bucket.Name};q={bucket.Max};r={use.Remaining(isRefused)};t={SecondsUntil(bucket.ResetsAt, now)}");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long SecondsUntil(DateTimeOffset end, DateTimeOffset now) =>
        Math.Max(1, (long)Math.Ceiling((end - now).TotalSeconds));
}
