using System.Globalization;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>
/// A page with all that it loads: style sheets, scripts, fonts and images, and the page in a frame of it. What the
/// browser has from before counts too, as if it were the first visit.
/// </summary>
internal sealed record PageWeight(int Requests, int Bytes)
{
    private const int MaxRequests = 6;
    private const int MaxBytes = 60 * 1024;

    public bool IsTooMuch => Requests > MaxRequests || Bytes > MaxBytes;

    public static async Task<PageWeight> OfAsync(IPage page)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var frame in page.Frames.Where(frame => !frame.Url.Contains("/outbox/", StringComparison.Ordinal)))
        {
            var entries = await frame.EvaluateAsync<string[]>(
                """
                () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                    .map(entry => `${entry.encodedBodySize} ${entry.name}`)
                """);
            foreach (var entry in entries)
            {
                var parts = entry.Split(' ', 2);
                sizes[parts[1]] = int.Parse(parts[0], CultureInfo.InvariantCulture);
            }
        }

        return new PageWeight(sizes.Count, sizes.Values.Sum());
    }
}
