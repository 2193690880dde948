using AuthServer.TestKit;
using AuthServer.Web.OutgoingHttp;

namespace AuthServer.Web.Tests.Http;

/// <summary>
/// docs/security.md#what-anyone-can-cause: a URL is fetched once a minute, however many requests need it.
/// </summary>
public sealed class FetchCacheTests
{
    private readonly ManualTime time = new();
    private readonly FetchCache<string> cache;
    private int fetches;

    public FetchCacheTests() => cache = new FetchCache<string>(time);

    [Fact]
    public async Task A_fetch_that_threw_is_not_repeated_within_a_minute()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => GetAsync("a", _ => throw new InvalidOperationException()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => GetAsync("a"));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("found", 2), (await GetAsync("a"), fetches));
    }

    [Fact]
    public async Task More_URLs_do_not_bring_a_URL_its_next_fetch_forward()
    {
        for (var i = 0; i < 3_000; i++)
            await GetAsync($"other {i % 1_500}");
        var before = fetches;
        Assert.Equal(1_000, before);

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("found", before + 1), (await GetAsync("a"), fetches));
    }

    private Task<string?> GetAsync(string url, Func<string, string>? answer = null) => cache.GetAsync(
        url,
        _ => TimeSpan.Zero,
        () =>
        {
            fetches++;
            return Task.Run<string?>(() => answer is null ? "found" : answer(url));
        },
        CancellationToken.None);
}
