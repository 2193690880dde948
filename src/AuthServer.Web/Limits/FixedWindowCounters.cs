using System.Security.Cryptography;
using System.Text;
using AuthServer.Core;

namespace AuthServer.Web.Limits;

/// <summary>
/// Counts requests by fixed windows in memory of a fixed size, however many callers there are
/// (docs/security.md#rate-limits). Each name has a place in two tables and the smaller count is its own: two names
/// share both only by a chance that no caller controls. The framework's limiters grow with the number of callers, run
/// on a clock of their own and do not say when a window ends.
/// </summary>
public sealed class FixedWindowCounters
{
    private const int Places = 1 << 16;
    private readonly byte[] seed = OpaqueToken.Bytes(32);
    private readonly long[][] tables = [new long[Places], new long[Places]];

    /// <summary>Counts one request.</summary>
    /// <returns>How many there were in this window, this one among them.</returns>
    public int Count(string name, DateTimeOffset now, TimeSpan window)
    {
        var (first, second) = PlacesOf(name);
        return Math.Min(
            Add(ref tables[0][first], WindowOf(now, window)), Add(ref tables[1][second], WindowOf(now, window)));
    }

    /// <summary>How many there were in this window.</summary>
    public int Peek(string name, DateTimeOffset now, TimeSpan window)
    {
        var (first, second) = PlacesOf(name);
        return Math.Min(
            Read(ref tables[0][first], WindowOf(now, window)), Read(ref tables[1][second], WindowOf(now, window)));
    }

    public static DateTimeOffset EndOf(DateTimeOffset now, TimeSpan window) =>
        new((now.UtcTicks / window.Ticks + 1) * window.Ticks, TimeSpan.Zero);

    /// <summary>The lower half of its number is enough to distinguish a window from those before it.</summary>
    private static uint WindowOf(DateTimeOffset now, TimeSpan window) => unchecked((uint)(now.UtcTicks / window.Ticks));

    private (int First, int Second) PlacesOf(string name)
    {
        var hash = HMACSHA256.HashData(seed, Encoding.UTF8.GetBytes(name));
        return (BitConverter.ToUInt16(hash, 0), BitConverter.ToUInt16(hash, 2));
    }

    private static int Read(ref long place, uint window)
    {
        var value = Interlocked.Read(ref place);
        return (uint)(value >> 32) == window ? (int)value : 0;
    }

    private static int Add(ref long place, uint window)
    {
        while (true)
        {
            var before = Interlocked.Read(ref place);
            var count = (uint)(before >> 32) == window ? (int)before : 0;
            var next = count == int.MaxValue ? count : count + 1;
            if (Interlocked.CompareExchange(ref place, ((long)window << 32) | (uint)next, before) == before)
                return next;
        }
    }
}
