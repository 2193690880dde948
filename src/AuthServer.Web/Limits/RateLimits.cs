using System.Globalization;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Limits;

/// <summary>One limit: so many in a window, counted by what it is called for.</summary>
/// <param name="Name">Keeps its counts apart from those of other limits.</param>
/// <param name="Max">Zero or less: no limit.</param>
/// <param name="Window">How long a count lasts.</param>
public sealed record RateLimit(string Name, int Max, TimeSpan Window)
{
    /// <summary>From all addresses together; zero: no limit.</summary>
    public long MaxInAll { get; init; }
}

/// <summary>The limits of <see cref="RateLimitOptions"/>, counted by the caller's address.</summary>
public sealed class RateLimits(ServerOptions options, TimeProvider time)
{
    private readonly RateLimitOptions settings = options.RateLimits;
    private readonly FixedWindowCounters counts = new();

    public RateLimit Token { get; } = new("token", options.RateLimits.TokenPerMinute, TimeSpan.FromMinutes(1));
    public RateLimit Forms { get; } = new("forms", options.RateLimits.FormsPerMinute, TimeSpan.FromMinutes(1));
    public RateLimit Management { get; } =
        new("management", options.RateLimits.ManagementPerMinute, TimeSpan.FromMinutes(1));

    public RateLimit Pages { get; } = new("pages", options.RateLimits.PagesPerMinute, TimeSpan.FromMinutes(1));

    /// <summary>Pushed requests of unvetted clients; of all addresses ten times that.</summary>
    public RateLimit UnvettedPushes { get; } = new(
        "pushes", options.RateLimits.UnvettedPushesPerMinute, TimeSpan.FromMinutes(1))
    {
        MaxInAll = 10L * options.RateLimits.UnvettedPushesPerMinute,
    };

    /// <summary>Proofs and assertions of unvetted clients; of all addresses fifty times that.</summary>
    public RateLimit UnvettedProofs { get; } = new(
        "proofs", options.RateLimits.UnvettedProofsPerMinute, TimeSpan.FromMinutes(1))
    {
        MaxInAll = 50L * options.RateLimits.UnvettedProofsPerMinute,
    };

    /// <summary>Of one client from one address.</summary>
    public RateLimit FailedClientAuthentications { get; } =
        new("client", options.RateLimits.FailedClientAuthenticationsPerMinute, TimeSpan.FromMinutes(1));

    /// <summary>Counts this request by its address, and writes the headers.</summary>
    /// <returns>False when it is one too many.</returns>
    public bool TryTake(RateLimit limit, HttpContext http)
    {
        if (!IsOn(limit))
            return true;
        var now = time.GetUtcNow();
        var count = counts.Count(NameOf(limit, http, ""), now, limit.Window);
        var isWithin = count <= limit.Max
            && (limit.MaxInAll <= 0 || counts.Count(limit.Name, now, limit.Window) <= limit.MaxInAll);
        WriteHeaders(http.Response, limit, isWithin ? limit.Max - count : -1, now);
        return isWithin;
    }

    /// <summary>Whether there is any left, without counting. The headers are written when there is none.</summary>
    public bool HasLeft(RateLimit limit, HttpContext http, string whose)
    {
        if (!IsOn(limit))
            return true;
        var now = time.GetUtcNow();
        if (counts.Peek(NameOf(limit, http, whose), now, limit.Window) < limit.Max)
            return true;
        WriteHeaders(http.Response, limit, -1, now);
        return false;
    }

    public void Count(RateLimit limit, HttpContext http, string whose)
    {
        if (IsOn(limit))
            counts.Count(NameOf(limit, http, whose), time.GetUtcNow(), limit.Window);
    }

    private bool IsOn(RateLimit limit) => settings.Enabled && limit.Max > 0;

    private static string NameOf(RateLimit limit, HttpContext http, string whose) =>
        $"{limit.Name}|{ClientAddress.Of(http.Connection.RemoteIpAddress)}|{whose}";

    private static void WriteHeaders(HttpResponse response, RateLimit limit, int left, DateTimeOffset now)
    {
        var ends = FixedWindowCounters.EndOf(now, limit.Window);
        response.Headers["x-ratelimit-limit"] = limit.Max.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-ratelimit-remaining"] = Math.Max(0, left).ToString(CultureInfo.InvariantCulture);
        response.Headers["x-ratelimit-reset"] = ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (left < 0)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling((ends - now).TotalSeconds))
                .ToString(CultureInfo.InvariantCulture);
    }
}
