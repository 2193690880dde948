using System.Globalization;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Http;

/// <summary>One limit: so many in a window, counted by what it is called for.</summary>
/// <param name="Name">Tells its counts from those of other limits.</param>
/// <param name="Most">Zero or less: no limit.</param>
/// <param name="Window">How long a count lasts.</param>
public sealed record RateLimit(string Name, int Most, TimeSpan Window)
{
    /// <summary>From all addresses together; zero: no limit.</summary>
    public long MostInAll { get; init; }
}

/// <summary>The limits of <see cref="RateLimitOptions"/>, counted by the caller's address.</summary>
public sealed class RateLimits(ServerOptions options, TimeProvider time)
{
    private readonly RateLimitOptions settings = options.RateLimits;
    private readonly FixedWindows counts = new();

    public RateLimit Token { get; } = new("token", options.RateLimits.TokenPerMinute, TimeSpan.FromMinutes(1));
    public RateLimit Forms { get; } = new("forms", options.RateLimits.FormsPerMinute, TimeSpan.FromMinutes(1));
    public RateLimit Management { get; } = new("management", options.RateLimits.ManagementPerMinute, TimeSpan.FromMinutes(1));

    public RateLimit Pages { get; } = new("pages", options.RateLimits.PagesPerMinute, TimeSpan.FromMinutes(1));

    /// <summary>Pushed requests of unvetted clients; of all addresses ten times that.</summary>
    public RateLimit UnvettedPushes { get; } = new(
        "pushes", options.RateLimits.UnvettedPushesPerMinute, TimeSpan.FromMinutes(1))
    {
        MostInAll = 10L * options.RateLimits.UnvettedPushesPerMinute,
    };

    /// <summary>Proofs and assertions of unvetted clients; of all addresses fifty times that.</summary>
    public RateLimit UnvettedProofs { get; } = new(
        "proofs", options.RateLimits.UnvettedProofsPerMinute, TimeSpan.FromMinutes(1))
    {
        MostInAll = 50L * options.RateLimits.UnvettedProofsPerMinute,
    };

    /// <summary>Of one client from one address.</summary>
    public RateLimit FailedClientAuthentications { get; } = new("client", options.RateLimits.FailedClientAuthenticationsPerMinute, TimeSpan.FromMinutes(1));

    /// <summary>Counts this request by its address, and writes the headers.</summary>
    /// <returns>False when it is one too many.</returns>
    public bool TryTake(RateLimit limit, HttpContext http)
    {
        if (!IsOn(limit))
            return true;
        var now = time.GetUtcNow();
        var count = counts.Count(NameOf(limit, http, ""), now, limit.Window);
        var isWithin = count <= limit.Most
            && (limit.MostInAll <= 0 || counts.Count(limit.Name, now, limit.Window) <= limit.MostInAll);
        Tell(http.Response, limit, isWithin ? limit.Most - count : -1, now);
        return isWithin;
    }

    /// <summary>Whether there is any left, without counting. The headers are written when there is none.</summary>
    public bool HasLeft(RateLimit limit, HttpContext http, string whose)
    {
        if (!IsOn(limit))
            return true;
        var now = time.GetUtcNow();
        if (counts.Peek(NameOf(limit, http, whose), now, limit.Window) < limit.Most)
            return true;
        Tell(http.Response, limit, -1, now);
        return false;
    }

    public void Count(RateLimit limit, HttpContext http, string whose)
    {
        if (IsOn(limit))
            counts.Count(NameOf(limit, http, whose), time.GetUtcNow(), limit.Window);
    }

    private bool IsOn(RateLimit limit) => settings.Enabled && limit.Most > 0;

    private static string NameOf(RateLimit limit, HttpContext http, string whose) =>
        $"{limit.Name}|{ClientAddress.Of(http.Connection.RemoteIpAddress)}|{whose}";

    private static void Tell(HttpResponse response, RateLimit limit, int left, DateTimeOffset now)
    {
        var ends = FixedWindows.EndOf(now, limit.Window);
        response.Headers["x-ratelimit-limit"] = limit.Most.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-ratelimit-remaining"] = Math.Max(0, left).ToString(CultureInfo.InvariantCulture);
        response.Headers["x-ratelimit-reset"] = ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (left < 0)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling((ends - now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
