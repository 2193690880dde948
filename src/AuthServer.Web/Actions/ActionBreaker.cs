using System.Collections.Concurrent;

namespace AuthServer.Web.Actions;

/// <summary>
/// Switches an Action off whose process had to be killed repeatedly, so that it does not use up the processor. A flow
/// that it is bound to fails meanwhile: to leave it out could let a user in whom it would deny.
/// </summary>
internal sealed class ActionBreaker(TimeProvider time)
{
    public const int MaxKills = 3;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset[]> kills = new();

    /// <param name="versionId">A deployment is a new version, whose count begins at zero.</param>
    public bool IsOff(Guid versionId)
    {
        if (!kills.TryGetValue(versionId, out var times) || times.Length < MaxKills)
            return false;
        if (time.GetUtcNow() - times[^1] < Pause)
            return true;
        kills.TryRemove(versionId, out _);
        return false;
    }

    /// <returns>Whether the Action is switched off by this.</returns>
    public bool NoteKill(Guid versionId)
    {
        var now = time.GetUtcNow();
        var times = kills.AddOrUpdate(
            versionId,
            _ => [now],
            (_, before) => [.. before.Where(at => now - at < Window), now]);
        return times.Length == MaxKills;
    }
}
