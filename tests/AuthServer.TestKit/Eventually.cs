using System.Diagnostics;

namespace AuthServer.TestKit;

/// <summary>Waits for what a server or a job does in its own time, at most two minutes.</summary>
public static class Eventually
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="conditionAsync">Evaluated again and again.</param>
    /// <param name="error">What is wrong when it does not come to hold.</param>
    /// <param name="log">Output that explains why; read only then.</param>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static async Task UntilAsync(Func<Task<bool>> conditionAsync, string error, Func<string>? log = null)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await conditionAsync())
        {
            if (Stopwatch.GetElapsedTime(start) > Timeout)
                throw new TimeoutException(log is null ? error : $"{error}\n{log()}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Waits until a condition holds that is checked without waiting.</summary>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static Task UntilAsync(Func<bool> condition, string error) =>
        UntilAsync(() => Task.FromResult(condition()), error);

    /// <summary>Waits until there is what is searched for.</summary>
    /// <exception cref="TimeoutException">It was null all the time.</exception>
    public static async Task<T> FindAsync<T>(Func<Task<T?>> findAsync, string error, Func<string>? log = null)
        where T : class
    {
        T? found = null;
        await UntilAsync(async () => (found = await findAsync()) is not null, error, log);
        return found!;
    }

    /// <summary>Whether a URL is served already: what starts does not listen yet.</summary>
    public static async Task<bool> IsServedAsync(this HttpClient http, string url)
    {
        try
        {
            using var answer = await http.GetAsync(url);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
